-- A clerk alone makes no second clerk of whom it is the puppeteer: another clerk approves the account.

alter table access.account
  add column awaits_approval boolean not null default false,
  add column approved_at timestamptz,
  add column approved_by text,
  add column approval_code_hash bytea,
  add constraint account_awaits_as_clerk check (not awaits_approval or role = 'CLERK'),
  add constraint account_approval_ends_the_wait check (not awaits_approval or approved_by is null),
  add constraint account_approval_has_both check ((approved_at is null) = (approved_by is null)),
  add constraint account_approved_by_another check (approved_by <> created_by and approved_by <> id),
  add constraint account_approval_code_is_sha256 check (octet_length(approval_code_hash) = 32);
comment on column access.account.awaits_approval is
  'Whether it may not log in, nor its keys count, until another clerk than its maker approves it.';
comment on column access.account.approved_at is
  'When it was approved, by the clock of the engine; null where no approval was needed, or none was given yet.';
comment on column access.account.approved_by is
  'The clerk who approved it, or engine where the operator of the machine did; null with approved_at.';
comment on column access.account.approval_code_hash is
  'SHA-256 of the code that its approver was shown, typed after the first password until the owner chooses another; a code is 96 random bits. Null where there is none.';
