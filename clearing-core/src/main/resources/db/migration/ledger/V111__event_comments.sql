-- What the columns hold, as auditors read it.
comment on column ledger.event.tags is
  'What the fact is about, as key:value (the value may be empty), sorted. Commands are decided again if a fact with a tag they looked at was recorded meanwhile';
comment on column ledger.event.hash is
  'SHA-256 over, in this order: the hash of the row before (32 zero bytes for the first), position (8 bytes, as all numbers big-endian), event_id (16 bytes), recorded_at in microseconds since 1970 UTC (8 bytes), type, version (4 bytes), the number of tags (4 bytes) and each tag, payload, metadata; texts as UTF-8 behind their length in bytes (4 bytes)';
