<?php
// install.php FOLDER: fills the empty database with a WordPress in Arabic that has no posts.

define('WP_INSTALLING', true);
require "$argv[1]/site/wp-load.php";
require ABSPATH . 'wp-admin/includes/upgrade.php';

function wp_new_blog_notification(): void {} // the mail to the administrator stays unwritten

wp_install('صدى الجزيرة', 'admin', 'admin@example.org', true, '', 'admin', 'ar');
$options = [
    'blogdescription' => 'صحيفة للتجربة',
    'timezone_string' => 'Asia/Damascus',
    'date_format' => 'j F، Y',
    'permalink_structure' => '/%postname%/',
    'rewrite_rules' => '', // WordPress writes them anew at the first request
    'posts_per_page' => 10,
    'comment_moderation' => 0,
    'thread_comments' => 1,
];
array_map('update_option', array_keys($options), $options);
foreach (get_posts(['numberposts' => -1, 'post_type' => ['post', 'page'], 'post_status' => 'any']) as $sample) {
    wp_delete_post($sample->ID, true);
}
