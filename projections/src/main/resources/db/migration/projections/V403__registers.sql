-- Registers for reading: what facts call the parties, and the stock of titles.
create table projections.funder (
  id text primary key,
  name text not null,
  kind text not null
);
comment on table projections.funder is 'Funders (financeurs)';
comment on column projections.funder.id is 'The operator''s name of it';
comment on column projections.funder.name is 'Public name';
comment on column projections.funder.kind is 'What sort of body pays: STATE, REGION, DEPARTEMENT …';

create table projections.programme (
  id text primary key,
  name text not null,
  face_value_cents bigint not null
);
comment on table projections.programme is 'Programmes (dispositifs)';
comment on column projections.programme.id is 'The operator''s name of it';
comment on column projections.programme.name is 'Public name';
comment on column projections.programme.face_value_cents is 'Of one cheque of the orders to come; an order freezes its own';

create table projections.agreement (
  id text primary key,
  programme text not null references projections.programme (id),
  signed_on date not null,
  starts_on date not null,
  ends_on date not null
);
comment on table projections.agreement is 'Co-financing agreements (conventions)';
comment on column projections.agreement.id is 'The operator''s name of it';
comment on column projections.agreement.programme is 'Which programme it finances';
comment on column projections.agreement.signed_on is 'Europe/Paris';
comment on column projections.agreement.starts_on is 'First day of the period';
comment on column projections.agreement.ends_on is 'Last day of the period, inclusive';

create table projections.agreement_share (
  agreement text not null references projections.agreement (id),
  key_version integer not null,
  place integer not null,
  funder text not null references projections.funder (id),
  basis_points integer not null check (basis_points between 1 and 10000),
  ceiling_cents bigint not null,
  primary key (agreement, key_version, place)
);
create index on projections.agreement_share (funder);
comment on table projections.agreement_share is 'Split keys (clés de répartition); the basis points of one version sum to 10 000';
comment on column projections.agreement_share.agreement is 'Whose key it is';
comment on column projections.agreement_share.key_version is '1 at signature; an amendment makes the next';
comment on column projections.agreement_share.place is 'In the key''s order, from 1; it settles ties';
comment on column projections.agreement_share.funder is 'Who pays this share';
comment on column projections.agreement_share.basis_points is '1 to 10 000';
comment on column projections.agreement_share.ceiling_cents is 'The most that the share of issued cheques may come to';

create table projections.prescriber (
  id text primary key,
  name text not null,
  departement text not null
);
comment on table projections.prescriber is 'Prescribers (prescripteurs, structures de distribution)';
comment on column projections.prescriber.id is 'The operator''s name of it';
comment on column projections.prescriber.name is 'Public name';
comment on column projections.prescriber.departement is 'INSEE code';

create table projections.venue (
  id text primary key,
  identified_by text not null,
  name text not null,
  payable boolean not null,
  source text not null,
  labelled_from date,
  label_decision text not null default '',
  account text not null default '',
  position bigint not null
);
comment on table projections.venue is 'Venues (lieux de médiation) as they stand: one row per SIRET, RNA or RIDET';
comment on column projections.venue.id is 'SIRET, RNA or RIDET, digits and letters only';
comment on column projections.venue.identified_by is 'SIRET, RNA or RIDET';
comment on column projections.venue.name is 'Public name; empty for a sole trader, whose name stands in the vault';
comment on column projections.venue.payable is 'False until identified by a SIRET';
comment on column projections.venue.source is 'The list that described it last';
comment on column projections.venue.labelled_from is 'First day on which its services are payable; null while not labelled';
comment on column projections.venue.label_decision is 'Reference of the committee''s decision';
comment on column projections.venue.account is 'Reference into the vault to the account in force; empty while there is none';
comment on column projections.venue.position is 'Of the last fact that changed it';

create table projections.point_of_service (
  id text not null,
  venue text not null references projections.venue (id),
  name text not null,
  street text not null,
  postcode text not null,
  commune text not null,
  commune_code text not null,
  departement text not null,
  itinerant boolean not null,
  latitude double precision,
  longitude double precision,
  services text[] not null,
  primary key (venue, id)
);
create index on projections.point_of_service (departement);
comment on table projections.point_of_service is 'Where mediation takes place: one row of a LaMednum list';
comment on column projections.point_of_service.id is 'The list''s id';
comment on column projections.point_of_service.venue is 'To whom its cheques are paid';
comment on column projections.point_of_service.name is 'As the list writes it; empty for a sole trader';
comment on column projections.point_of_service.street is 'As the list writes it; empty for a sole trader';
comment on column projections.point_of_service.postcode is 'Five digits; says nothing about the département';
comment on column projections.point_of_service.commune is 'As the list writes it';
comment on column projections.point_of_service.commune_code is 'INSEE code';
comment on column projections.point_of_service.departement is 'INSEE code: the département of spending';
comment on column projections.point_of_service.itinerant is 'A stop of a bus, or a service that moves';
comment on column projections.point_of_service.latitude is 'Degrees north, WGS 84';
comment on column projections.point_of_service.longitude is 'Degrees east, WGS 84';
comment on column projections.point_of_service.services is 'Of the mediation standard, as the list writes them';

create table projections.batch (
  number integer primary key,
  order_id text not null unique,
  programme text not null references projections.programme (id),
  agreement text not null references projections.agreement (id),
  key_version integer not null,
  funding_departement text not null,
  cheque_count integer not null check (cheque_count > 0),
  cheques_per_carnet integer not null,
  face_value_cents bigint not null check (face_value_cents > 0),
  first_cent bigint not null,
  split_algorithm text not null,
  split_algorithm_version integer not null,
  issued_on date not null,
  ends_on date not null,
  tolerance_days integer not null,
  activated integer not null default 0 check (activated between 0 and cheque_count),
  position bigint not null
);
create index on projections.batch (agreement);
comment on table projections.batch is 'Orders of cheques, one batch each, with the rules frozen for them';
comment on column projections.batch.number is 'Batch number, the five Base32 characters of every serial in it';
comment on column projections.batch.order_id is 'The operator''s name of the order';
comment on column projections.batch.programme is 'Whose cheques they are';
comment on column projections.batch.agreement is 'Who finances them';
comment on column projections.batch.key_version is 'Of the agreement''s split key';
comment on column projections.batch.funding_departement is 'INSEE code';
comment on column projections.batch.cheque_count is 'Ordinals run from 1 to this';
comment on column projections.batch.cheques_per_carnet is 'Consecutive ordinals, from 1';
comment on column projections.batch.face_value_cents is 'Of each cheque';
comment on column projections.batch.first_cent is 'Number of the order''s first cent among the key version''s, from 0';
comment on column projections.batch.split_algorithm is 'What dealt the cents to the funders';
comment on column projections.batch.split_algorithm_version is 'Of the algorithm';
comment on column projections.batch.issued_on is 'Europe/Paris';
comment on column projections.batch.ends_on is 'J: last day of validity before the tolerance';
comment on column projections.batch.tolerance_days is 'After J';
comment on column projections.batch.activated is 'Cheques covered by cash';
comment on column projections.batch.position is 'Of the issuance in the ledger';

create table projections.stock (
  prescriber text not null references projections.prescriber (id),
  batch integer not null references projections.batch (number),
  delivered integer not null check (delivered >= 0),
  handed_out integer not null check (handed_out between 0 and delivered),
  primary key (prescriber, batch)
) with (fillfactor = 70);
comment on table projections.stock is 'Titles at prescribers (valeurs inactives), in cheques; in stock = delivered - handed out';
comment on column projections.stock.prescriber is 'Who holds them';
comment on column projections.stock.batch is 'Of which batch';
comment on column projections.stock.delivered is 'Cheques received';
comment on column projections.stock.handed_out is 'Cheques given to people';
