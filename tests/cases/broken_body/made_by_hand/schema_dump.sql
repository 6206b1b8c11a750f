create table made_by_hand (id int);
