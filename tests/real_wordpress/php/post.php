<?php
// A post before it is written.

/** The post number $i: its number says its author, its categories, its tags and how it was typed. */
final class Post
{
    public function __construct(
        public string $title,
        public string $date,
        private int $i,
        public array $blocks,
    ) {}

    public function author(): string
    {
        return array_keys(AUTHORS)[$this->i % count(AUTHORS)];
    }

    /** Mostly one; a parent beside its child now and then. */
    public function categories(): array
    {
        $names = array_keys(CATEGORIES);
        $own = $names[intdiv($this->i * 7, 3) % count($names)];
        return match (true) {
            $this->i % 40 === NO_CATEGORY => [get_term((int) get_option('default_category'))->name],
            $this->i % 6 === 3 => array_values(array_unique([$own, LOCAL, NEWS])),
            $this->i % 6 === 4 => array_values(array_unique([$own, RIGHTS])),
            default => [$own],
        };
    }

    /** None to six; the first ones often enough for a second page of their listings. */
    public function tags(): array
    {
        $used = array_slice(TAGS, 0, -1);
        $tags = array_map(fn($k) => $used[intdiv($this->i * $k, 1 + $k % 3) % count($used)], range(1, 6));
        return array_values(array_unique(array_slice($tags, 0, $this->i % 7)));
    }

    /** Writes the post and returns its id; $why hides it. */
    public function publish(array $terms, array $authors, ?string $why = null): int
    {
        $style = STYLES[$this->i % count(STYLES)];
        $id = wp_insert_post(wp_slash([
            'post_title' => $this->title,
            'post_content' => implode("\n\n", array_map(fn($block) => $block->typed($style), $this->blocks)),
            'post_status' => in_array($why, [null, 'password'], true) ? 'publish' : $why,
            'post_password' => $why === 'password' ? 'secret' : '',
            'post_author' => $authors[$this->i % count($authors)],
            'post_date' => $this->date,
            'post_category' => array_map(fn($name) => $terms['category'][$name], $this->categories()),
        ]));
        wp_set_object_terms($id, array_map(fn($name) => $terms['post_tag'][$name], $this->tags()), 'post_tag');
        $this->i % 3 || $this->edit($id);
        return $id;
    }

    /** Moves the modified time two days on; WordPress itself offers no way to choose it. */
    private function edit(int $id): void
    {
        global $wpdb;
        $moment = (new DateTimeImmutable($this->date))->modify('+2 days')->format('Y-m-d H:i:s');
        $modified = ['post_modified' => $moment, 'post_modified_gmt' => get_gmt_from_date($moment)];
        $wpdb->update($wpdb->posts, $modified, ['ID' => $id]);
        clean_post_cache($id);
    }
}
