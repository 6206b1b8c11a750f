alter table deals rename column old_price to price;
alter table deals drop column gone;
