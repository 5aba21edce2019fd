<?php
// The words of the posts. They mean nothing: every name, number and event is drawn by lot.

const PLACES = [
    'دير الزور', 'الرقة', 'الحسكة', 'الميادين', 'البوكمال', 'القامشلي', 'منبج', 'الطبقة',
    'تدمر', 'حمص', 'حلب', 'درعا',
];
const MATTERS = [
    'توزيع البذار', 'صيانة الأفران', 'ترميم المدارس', 'ضخ مياه الشرب', 'أسعار الوقود', 'تعبيد الطرق', 'لقاح الأطفال',
    'حصاد القمح', 'شبكة الكهرباء', 'نقل الطلاب',
];
const OFFICES = [
    'مجلس البلدة', 'مديرية الزراعة', 'لجنة الأهالي', 'نقابة المعلمين', 'جمعية المزارعين', 'إدارة المشفى',
    'غرفة التجارة',
];
const MONTHS = ['كانون الثاني', 'شباط', 'آذار', 'نيسان', 'أيار', 'حزيران', 'تموز', 'آب', 'أيلول', 'تشرين الأول'];

// Each sentence carries a number of its own, {no}: a lost or a stolen one can be told from all others.
const SENTENCES = [
    'أعلنت {office} في {place} بدء العمل في {matter} بموجب القرار رقم {no}.',
    'وقال متحدث باسم {office} إن الطلب {no} ما زال ينتظر الموافقة منذ {month} الماضي.',
    'وشملت المرحلة الأولى من {matter} نحو {no} أسرة في قرى {place}، وفق ما ذكرته {office}.',
    'في المقابل، اشتكى سكان من {place} من بطء {matter}، وقدموا عريضة حملت الرقم {no}...',
    'وتُظهر سجلات {office} أن كلفة {matter} بلغت {no} ألف ليرة خلال {month}.',
    'واجتمع ممثلون عن {office} في {place} لبحث {matter}، وخرجوا بالمحضر {no}.',
    'وأكد أحد العاملين: "أنجزنا {no} متراً، وبقي القليل" قبل نهاية {month}.',
    'ولم يتضح حتى مساء {d} {month} مصير الشحنة {no} القادمة من {place}.',
    'يشار إلى أن {matter} توقف مرتين – في {place} ثم في ريفها – بسبب الملف {no}.',
    'ودعت {office} أصحاب البطاقة {no} إلى مراجعة مكتبها في «{place}» قبل {d} {month}.',
];
const HEADLINES = [
    '{office}: {matter} في {place} خلال أيام', '{matter} يعود إلى {place} بعد توقف',
    'ماذا تغيّر في {place} بعد {matter}؟',
    '“{office}” ترد على شكاوى {place}', '{place}.. {no} طلباً من أجل {matter}',
    'تقرير: {matter} بين {place} والريف',
];

function draw(array $words): string
{
    return $words[mt_rand(0, count($words) - 1)];
}

function fill(string $pattern): string
{
    static $number = 100000;
    return strtr($pattern, [
        '{place}' => draw(PLACES), '{matter}' => draw(MATTERS), '{office}' => draw(OFFICES), '{month}' => draw(MONTHS),
        '{d}' => mt_rand(1, 28), '{no}' => ++$number,
    ]);
}

function sentence(): string
{
    return fill(draw(SENTENCES));
}

function sentences(int $most): string
{
    return implode(' ', array_map(sentence(...), range(1, mt_rand(1, $most))));
}
