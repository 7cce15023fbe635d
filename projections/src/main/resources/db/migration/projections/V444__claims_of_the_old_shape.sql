-- Claims that lie in the shape from before V442, a row for each cheque: nothing reads them, and nothing can be switched
-- to them. What a rebuild had set aside is dropped and the rebuild says so; one under way is abandoned, and is asked for
-- anew. Told by the tables themselves: a rebuild that has not made any yet, or made them since, goes on.
do $$
declare
  old record;
begin
  for old in
    select r.number, r.state
      from projections.rebuild r
      join pg_attribute a
        on a.attrelid = to_regclass(format('%I.claim', case when r.state = 'SWITCHED' then projections.before_schema(r.number)
                                                            else projections.rebuild_schema(r.number) end))
       and a.attname = 'serial' and not a.attisdropped
     where r.projection = 'claims' and r.state <> 'ABANDONED' and (r.state <> 'SWITCHED' or r.kept)
  loop
    if old.state = 'SWITCHED' then
      update projections.rebuild
         set kept = false, reason = 'the claims that it replaced were of a shape that this release does not read'
       where number = old.number;
      delete from projections.passed_over where generation = -old.number;
    else
      update projections.rebuild
         set state = 'ABANDONED', ended_at = now(), stopped_at = 0,
             reason = 'it was folding claims into a shape that this release does not read; ask for another rebuild'
       where number = old.number;
    end if;
    perform projections.drop_rebuild(old.number);
  end loop;
end $$;

comment on column projections.rebuild.reason is
  'Why it stopped, who cancelled it, or why what it replaced is not kept; empty otherwise';
