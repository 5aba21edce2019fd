<?php
// theme.php FOLDER NAME: dresses the site in a theme, with lists of articles, sections and comments beside the text.

require "$argv[1]/site/wp-load.php";

const WIDGETS = [
    'recent-posts' => ['title' => 'الأحدث', 'number' => 5, 'show_date' => true],
    'categories' => ['title' => 'الأقسام', 'count' => 1, 'hierarchical' => 1],
    'tag_cloud' => ['title' => 'الوسوم', 'taxonomy' => 'post_tag'],
    'recent-comments' => ['title' => 'آراء القراء', 'number' => 5],
    'archives' => ['title' => 'الأشهر', 'count' => 1],
];

wp_get_theme($argv[2])->exists() || throw new InvalidArgumentException("no theme $argv[2]");
switch_theme($argv[2]);
delete_option('theme_switched'); // or the next request would rearrange the widgets
foreach (WIDGETS as $name => $widget) {
    update_option("widget_$name", [2 => $widget, '_multiwidget' => 1]);
}
wp_set_sidebars_widgets(['sidebar-1' => array_map(fn($name) => "$name-2", array_keys(WIDGETS))]);
