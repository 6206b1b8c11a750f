select count(*) from posts;
