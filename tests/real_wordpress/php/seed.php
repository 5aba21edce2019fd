<?php
// seed.php FOLDER N: writes N published posts and some hidden ones, and the truth about both:
// FOLDER/truth.jsonl and FOLDER/hidden.jsonl, one post a line, as Post in truth.py names its fields.

define('WP_IMPORTING', true); // no pings
require "$argv[1]/site/wp-load.php";
require __DIR__ . '/phrases.php';
require __DIR__ . '/body.php';
require __DIR__ . '/post.php';

const NEWS = 'أخبار', LOCAL = 'أخبار محلية', VALLEY = 'دير الزور', REPORTS = 'تقارير', RIGHTS = 'حقوق وحريات';
// name => parent
const CATEGORIES = [
    NEWS => null, LOCAL => NEWS, VALLEY => LOCAL, 'الرقة' => LOCAL, 'أخبار العالم' => NEWS,
    REPORTS => null, 'تحقيقات' => REPORTS, RIGHTS => null, 'اقتصاد & أسواق' => null, 'صور' => null,
];
const TAGS = [
    VALLEY, 'الرقة', 'نهر الفرات', 'القمح', 'القطن', 'المياه', 'الكهرباء', 'الخبز', 'الوقود', 'التعليم', 'الصحة',
    'المعابر', 'النازحون', 'المخيمات', 'الألغام', 'الطرق', 'الأسعار', 'الليرة', 'الزراعة', 'النفط & الغاز', 'رمضان',
    'العيد', 'الشتاء', 'COVID-19', 'UNICEF', '2023', 'زلزال شباط', 'بشار الأسد', 'سد الفرات', 'الآثار', 'وسم بلا مقالات',
];
// name => note; where there is none, Twenty Twenty-One prints the name elsewhere
const AUTHORS = [
    'صدى الجزيرة' => '', 'ليلى الخابوري' => 'صحفية من الحسكة.',
    'Omar Al-Bukamali' => '', 'سليم ع.' => 'محرر قسم التقارير.',
];
const HIDDEN = ['password', 'draft', 'private', 'pending', 'future'];
const STICKY = [3, 40], UNTITLED = [20, 50], PICTURE_ONLY = 30, NO_CATEGORY = 17;
const FIRST = '2021-11-20 07:00', LAST = '2025-04-20 21:00'; // both offsets of Damascus, before October 2022 and after

const FUTURE = '2040-01-01 09:00:00';
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='; // a PNG

mt_srand(2022);
wp_defer_term_counting(true);
seed($argv[1], (int) $argv[2]);
wp_defer_term_counting(false);

function seed(string $folder, int $count): void
{
    $terms = ['category' => categories(), 'post_tag' => tags()];
    [$authors, $pictures] = [authors(), pictures()];
    [$truth, $hidden] = [fopen("$folder/truth.jsonl", 'w'), fopen("$folder/hidden.jsonl", 'w')];
    [$date, $title, $link] = ['', '', ''];
    for ($i = 0; $i < $count; $i++) {
        $date = $i % 20 === 13 ? $date : moment($i / $count, $i % 10 === 8);
        $title = $i % 25 === 11 ? $title : title($i);
        $post = new Post($title, $date, $i, blocks($i, $pictures, $link));
        $id = $post->publish($terms, $authors);
        in_array($i, STICKY, true) && stick_post($id);
        $i % 6 || comment($id, $date);
        fwrite($truth, truth($id, $post, null));
        $link = sprintf('<a href="%s">%s</a>', get_permalink($id), get_the_title($id) ?: 'رابط');
        if ($i % 12 === 11) {
            $why = HIDDEN[intdiv($i, 12) % count(HIDDEN)];
            $moment = $why === 'future' ? FUTURE : moment(($i + 0.5) / $count, false);
            $post = new Post(title(1), $moment, $i, body($i, $pictures, $link));
            fwrite($hidden, truth($post->publish($terms, $authors, $why), $post, $why));
        }
    }
}

function blocks(int $i, array $pictures, string $link): array
{
    return $i === PICTURE_ONLY ? [new Block('picture', [], [$pictures[0]])] : body($i, $pictures, $link);
}

function title(int $i): string
{
    $headline = fill(draw(HEADLINES));
    return match (true) {
        in_array($i, UNTITLED, true) => '',
        $i % 15 === 4 => "$headline & \"خاص\" <em>2</em>",
        $i % 15 === 9 => "الميــادين: $headline - It's here",
        default => $headline,
    };
}

/** The local time at that part of the years; at night it is a few minutes past midnight. */
function moment(float $part, bool $atNight): string
{
    [$first, $last] = array_map(fn($day) => date_create($day, wp_timezone())->getTimestamp(), [FIRST, LAST]);
    $moment = date_create('@' . (int) ($first + $part * ($last - $first)))->setTimezone(wp_timezone());
    return ($atNight ? $moment->setTime(0, 5, 7) : $moment)->format('Y-m-d H:i:s');
}

function term(string $name, string $taxonomy, int $parent = 0): int
{
    return wp_insert_term($name, $taxonomy, ['parent' => $parent])['term_id'];
}

/** The categories' ids by their names, with WordPress's own one for posts that have none. */
function categories(): array
{
    $own = (int) get_option('default_category');
    $ids = [get_term($own)->name => $own];
    foreach (CATEGORIES as $name => $parent) {
        $ids[$name] = term($name, 'category', $parent ? $ids[$parent] : 0);
    }
    return $ids;
}

function tags(): array
{
    return array_combine(TAGS, array_map(fn($name) => term($name, 'post_tag'), TAGS));
}

function authors(): array
{
    return array_map(
        fn($name, $note, $i) => wp_insert_user([
            'user_login' => "author$i", 'user_pass' => wp_generate_password(), 'user_email' => "author$i@example.org",
            'display_name' => $name, 'description' => $note, 'role' => 'author',
        ]),
        array_keys(AUTHORS), AUTHORS, array_keys(array_keys(AUTHORS)),
    );
}

/** Three pictures of one pixel that claim to be larger. */
function pictures(): array
{
    $png = base64_decode(PIXEL);
    return array_map(function ($name) use ($png) {
        $file = wp_upload_bits("$name.png", null, $png, '2022/05')['file'];
        $picture = ['post_title' => $name, 'post_excerpt' => "عدسة المحرر $name", 'post_mime_type' => 'image/png'];
        $id = wp_insert_attachment($picture, $file);
        $metadata = ['width' => 640, 'height' => 360, 'file' => _wp_relative_upload_path($file)];
        wp_update_attachment_metadata($id, $metadata);
        return $id;
    }, ['bridge', 'field', 'جسر']);
}

function comment(int $post, string $date): void
{
    $parent = 0;
    foreach (['قارئ من الرقة', 'زائرة'] as $hour => $reader) {
        $parent = wp_insert_comment([
            'comment_post_ID' => $post, 'comment_parent' => $parent,
            'comment_author' => $reader, 'comment_content' => sentence(),
            'comment_date' => (new DateTime($date))->modify("+$hour hours 20 minutes")->format('Y-m-d H:i:s'),
        ]);
    }
}

/** One line of truth.jsonl or hidden.jsonl. */
function truth(int $id, Post $post, ?string $why): string
{
    $words = fn($beside) => array_values(array_filter(
        array_map(fn($block) => $block->isBeside() === $beside ? $block->words() : '', $post->blocks),
    ));
    return json_encode([
        'post_id' => $id,
        'url' => get_permalink($id),
        'title' => html_entity_decode(strip_tags(get_the_title($id)), ENT_QUOTES | ENT_HTML5),
        'authors' => [$post->author()],
        'published' => get_post_datetime($id)?->format('c'),
        'modified' => get_post_datetime($id, 'modified')?->format('c'),
        'categories' => $post->categories(),
        'tags' => $post->tags(),
        'sections' => with_parents($post->categories()),
        'required' => $words(false),
        'optional' => $words(true),
        'pages' => 1 + count(array_filter($post->blocks, fn($block) => $block->kind === 'pagebreak')),
        'why' => $why,
    ], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR) . "\n";
}

/** A category's listing shows its children's posts too. */
function with_parents(array $names): array
{
    for ($i = 0; $i < count($names); $i++) {
        $parent = CATEGORIES[$names[$i]] ?? null;
        $parent && !in_array($parent, $names, true) && $names[] = $parent;
    }
    return $names;
}
