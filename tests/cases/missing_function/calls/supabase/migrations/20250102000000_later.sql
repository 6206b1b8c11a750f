alter function public.old_total() rename to grand_total;
drop function public.gone();
