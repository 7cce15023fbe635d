package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why something about the projections is refused, in order of precedence. A retry comes before. */
enum UpkeepRefusal implements RefusalCode {
  /** No projection is called so, or there is no such rebuild. */
  UNKNOWN_PROJECTION(Kind.UNKNOWN),
  UNKNOWN_REBUILD(Kind.UNKNOWN),
  /** It is set aside for another reason. */
  ALREADY_SET_ASIDE(Kind.CONFLICT),
  /** It is proposed already, and awaits a second person. */
  PROPOSAL_PENDING(Kind.CONFLICT),
  /** It was taken back since, or never: what is proposed names which time it is. */
  LIFTED_SINCE(Kind.CONFLICT),
  /** It is not set aside, or not any more. */
  NOT_SET_ASIDE(Kind.CONFLICT),
  /** Nothing awaits a second person. */
  NOTHING_PROPOSED(Kind.CONFLICT),
  /** Other differences than those named. */
  DIFFERENCES_CHANGED(Kind.CONFLICT),
  /** Only the fact at which a projection stands can be set aside. */
  NOT_STOPPED_THERE(Kind.RULE),
  /** Whoever proposed it does not confirm it. */
  SECOND_PERSON_NEEDED(Kind.RULE);

  private final Kind kind;

  UpkeepRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
