alter table old_deals rename to past_deals;
drop table gone;
