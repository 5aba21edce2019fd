<?php
// A post's body: which blocks it has, how an editor typed them, and what of them a reader must find.

const STYLES = ['classic', 'block', 'divs', 'classic', 'block'];

/** One block of a body: its kind, its lines, and for a picture or a gallery the attachments. */
final class Block
{
    private const NAMES = [
        'paragraph' => 'paragraph', 'heading' => 'heading', 'list' => 'list', 'quote' => 'quote', 'table' => 'table',
        'picture' => 'image', 'gallery' => 'gallery', 'more' => 'more', 'pagebreak' => 'nextpage',
    ];
    private const PARAGRAPHS = ['classic' => '%s', 'block' => '<p>%s</p>', 'divs' => '<div dir="auto">%s</div>'];
    private const BESIDE = ['picture', 'gallery', 'related', 'tweet'];

    public function __construct(public string $kind, public array $lines = [], public array $pictures = []) {}

    public function isBeside(): bool
    {
        return in_array($this->kind, self::BESIDE, true);
    }

    public function words(): string
    {
        $separate = preg_replace('/<[^>]+>/', ' ', implode(' ', $this->lines));
        return trim(preg_replace('/\s+/u', ' ', html_entity_decode($separate)));
    }

    public function typed(string $style): string
    {
        $html = $this->html($style);
        $name = self::NAMES[$this->kind] ?? 'html';
        return $style === 'block' ? "<!-- wp:$name -->\n$html\n<!-- /wp:$name -->" : $html;
    }

    private function html(string $style): string
    {
        $line = implode("<br>\n", $this->lines);
        return match ($this->kind) {
            'paragraph' => sprintf(self::PARAGRAPHS[$style], $line),
            'heading' => "<h3>$line</h3>",
            'list' => '<ul><li>' . implode("</li>\n<li>", $this->lines) . '</li></ul>',
            'quote' => "<blockquote><p>{$this->lines[0]}</p><cite>{$this->lines[1]}</cite></blockquote>",
            'table' => '<table><tr><td>' . implode('</td></tr><tr><td>', $this->lines) . '</td></tr></table>',
            'picture' => $this->picture($style),
            'gallery' => $this->gallery($style),
            'video' => '<iframe width="560" height="315" src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
            'tweet' => "<blockquote class=\"twitter-tweet\"><p lang=\"ar\" dir=\"rtl\">$line</p></blockquote>",
            'related' => "<p><strong>{$this->lines[0]}</strong></p>\n<p>{$this->lines[1]}</p>",
            'more' => '<!--more-->',
            'pagebreak' => '<!--nextpage-->',
        };
    }

    private function picture(string $style): string
    {
        [$id] = $this->pictures;
        $image = sprintf('<img class="wp-image-%d" src="%s" alt="" />', $id, wp_get_attachment_url($id));
        [$caption] = [...$this->lines, ''];
        return match (true) {
            $caption === '' => $image,
            $style === 'block' => "<figure class=\"wp-block-image\">$image<figcaption>$caption</figcaption></figure>",
            default => "[caption id=\"attachment_$id\" width=\"640\"]$image {$caption}[/caption]",
        };
    }

    private function gallery(string $style): string
    {
        $figure = fn($id, $caption) => (new Block('picture', [$caption], [$id]))->typed($style);
        return $style === 'block'
            ? '<figure>' . implode("\n", array_map($figure, $this->pictures, $this->lines)) . '</figure>'
            : '[gallery ids="' . implode(',', $this->pictures) . '"]';
    }
}

/** The blocks of the post number $i; $older is the link to a post before it. */
function body(int $i, array $pictures, string $older): array
{
    $paragraph = fn() => new Block('paragraph', [sentences(3)]);
    $beneath = fn($wanted, $kind, $lines, $ids = []) => $wanted ? [new Block($kind, $lines(), $ids)] : [];
    return array_merge(
        $beneath($i % 8 === 1, 'paragraph', fn() => ['<strong>صدى الجزيرة ــ خاص</strong>']),
        [$paragraph()],
        $beneath($i % 11 === 4, 'more', fn() => []),
        $beneath($i % 6 === 5, 'paragraph', fn() => [sentence(), '<a href="https://example.org/">المصدر</a>']),
        $beneath($i % 4 === 2, 'picture', fn() => $i % 8 === 2 ? [sentence()] : [], [$pictures[0]]),
        [$paragraph()],
        $beneath($i % 4 === 1, 'heading', fn() => ['عن ' . draw(MATTERS)]),
        $beneath($i % 6 === 1, 'list', fn() => [sentence(), sentence(), '<em>' . sentence() . '</em>']),
        $beneath($i % 7 === 2, 'quote', fn() => [sentence(), draw(OFFICES)]),
        $beneath($i % 12 === 7, 'pagebreak', fn() => []),
        [$paragraph()],
        $beneath($i % 11 === 3, 'table', fn() => ['المنطقة</td><td>العدد', draw(PLACES) . '</td><td>7']),
        $beneath($i % 9 === 8, 'related', fn() => ['مواد ذات صلة:', $older]),
        $beneath($i % 13 === 6, 'video', fn() => []),
        $beneath($i % 17 === 9, 'tweet', fn() => [sentence()]),
        $beneath($i % 36 === 19, 'pagebreak', fn() => []),
        [$paragraph()],
        $beneath($i % 13 === 5, 'gallery', fn() => array_map('wp_get_attachment_caption', $pictures), $pictures),
    );
}
