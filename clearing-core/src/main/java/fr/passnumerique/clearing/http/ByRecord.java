package fr.passnumerique.clearing.http;

/** In which order of record a list is told. */
public enum ByRecord {
  /** The last that was recorded first. */
  NEWEST,
  OLDEST
}
