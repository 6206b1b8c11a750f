create function public.sign_in_as(who text) returns void language sql as 'select 1';
