create schema billing;
create function public.save_deal(deal_id bigint) returns void language sql as 'select 1';
create function public.saveDraft() returns void language sql as 'select 1';
create function public."keepCase"() returns void language sql as 'select 1';
create function public.old_total() returns int language sql as 'select 1';
create function public.gone() returns int language sql as 'select 1';
create function billing.charge() returns int language sql as 'select 1';
