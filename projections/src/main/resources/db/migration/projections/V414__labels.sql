-- The label register by two clocks: every listing and every decision stays, so that any day can be
-- asked for as it was known at any position.
create table projections.venue_listing (
  position bigint primary key,
  recorded_at timestamptz not null,
  venue text not null,
  identified_by text not null,
  name text not null,
  payable boolean not null,
  source text not null
);
create index on projections.venue_listing (venue, position);
comment on table projections.venue_listing is 'What lists said of a venue, each time: the whole description, which replaces the one before';
comment on column projections.venue_listing.position is 'Of the fact';
comment on column projections.venue_listing.recorded_at is 'When the ledger recorded it';
comment on column projections.venue_listing.venue is 'SIRET, RNA or RIDET, digits and letters only';
comment on column projections.venue_listing.identified_by is 'SIRET, RNA or RIDET';
comment on column projections.venue_listing.name is 'Public name; empty for a sole trader';
comment on column projections.venue_listing.payable is 'False until identified by a SIRET';
comment on column projections.venue_listing.source is 'The list';

create table projections.listed_point (
  position bigint not null references projections.venue_listing (position),
  place integer not null,
  id text not null,
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
  further text not null,
  primary key (position, place)
);
comment on table projections.listed_point is 'Points of service of a listing';
comment on column projections.listed_point.position is 'Of the listing';
comment on column projections.listed_point.place is 'In the listing''s order, from 1';
comment on column projections.listed_point.id is 'The list''s id';
comment on column projections.listed_point.name is 'As the list writes it; empty for a sole trader';
comment on column projections.listed_point.street is 'As the list writes it; empty for a sole trader';
comment on column projections.listed_point.postcode is 'Five digits; says nothing about the département';
comment on column projections.listed_point.commune is 'As the list writes it';
comment on column projections.listed_point.commune_code is 'INSEE code';
comment on column projections.listed_point.departement is 'INSEE code: the département of spending';
comment on column projections.listed_point.itinerant is 'A stop of a bus, or a service that moves';
comment on column projections.listed_point.latitude is 'Degrees north, WGS 84';
comment on column projections.listed_point.longitude is 'Degrees east, WGS 84';
comment on column projections.listed_point.services is 'Of the mediation standard, as the list writes them';
comment on column projections.listed_point.further is 'The standard''s other columns as a JSON object';

create table projections.label_decision (
  position bigint primary key,
  recorded_at timestamptz not null,
  venue text not null,
  points text[] not null,
  state text not null,
  from_day date not null,
  decision text not null,
  committee_on date,
  reason text not null
);
create index on projections.label_decision (venue, from_day, position);
comment on table projections.label_decision is 'What committees decided on labels (labellisation, suspension, déqualification)';
comment on column projections.label_decision.position is 'Of the fact';
comment on column projections.label_decision.recorded_at is 'When the ledger recorded it';
comment on column projections.label_decision.venue is 'On which venue';
comment on column projections.label_decision.points is 'On which of its points of service; empty for all, those listed later included';
comment on column projections.label_decision.state is 'CANDIDATE, ELIGIBLE, LABELLED, SUSPENDED or WITHDRAWN';
comment on column projections.label_decision.from_day is 'First day on which it holds, Europe/Paris';
comment on column projections.label_decision.decision is 'Reference of the committee''s decision';
comment on column projections.label_decision.committee_on is 'When the committee met; null for labels from before that was recorded';
comment on column projections.label_decision.reason is 'Code, of a suspension or withdrawal; empty for others';

create table projections.venue_identification (
  venue text primary key,
  siret text not null unique,
  position bigint not null
);
comment on table projections.venue_identification is 'Venues that were listed without a SIRET and identified since';
comment on column projections.venue_identification.venue is 'By what it was listed';
comment on column projections.venue_identification.siret is '14 digits';
comment on column projections.venue_identification.position is 'Of the fact';

create table projections.vat_regime (
  position bigint primary key,
  venue text not null,
  regime text not null,
  from_day date not null
);
create index on projections.vat_regime (venue, from_day, position);
comment on table projections.vat_regime is 'How venues stand with VAT (régime de TVA); none on the face value of cheques';
comment on column projections.vat_regime.position is 'Of the fact';
comment on column projections.vat_regime.venue is 'Which venue';
comment on column projections.vat_regime.regime is 'FEES_ONLY, FRANCHISE, EXEMPT, LIABLE or PUBLIC_BODY';
comment on column projections.vat_regime.from_day is 'First day on which it holds, Europe/Paris';

create table projections.venue_waiver (
  position bigint primary key,
  venue text not null,
  waives boolean not null,
  from_day date not null
);
create index on projections.venue_waiver (venue, from_day, position);
comment on table projections.venue_waiver is 'From which day of service on a venue waives its pay, or is paid again';
comment on column projections.venue_waiver.position is 'Of the fact';
comment on column projections.venue_waiver.venue is 'Which venue';
comment on column projections.venue_waiver.waives is 'False where a waiver ends';
comment on column projections.venue_waiver.from_day is 'First day of service, Europe/Paris';
