package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why something about venues is refused; the first that applies, in this order. */
public enum VenueRefusal implements RefusalCode {
  /** The venue is on no list that was imported. */
  UNKNOWN_VENUE(Kind.UNKNOWN),
  /** No venue was imported under this label. */
  UNKNOWN_SOURCE(Kind.UNKNOWN),
  /** A list would make public the name of a venue that is known as a sole trader. */
  SOLE_TRADER_NAMED(Kind.CONFLICT),
  /** The venues or the file are no longer what the quoted dry run saw. */
  DIGEST_DIFFERS(Kind.CONFLICT),
  /** A label from before this century, or from more than a year ahead. */
  DATE_OUT_OF_RANGE(Kind.RULE),
  /** The venue is labelled from another day or by another decision. */
  ALREADY_LABELLED(Kind.CONFLICT),
  /** The venue's last list has no such point of service. */
  UNKNOWN_POINT_OF_SERVICE(Kind.UNKNOWN),
  /** The reference is taken by a decision on this venue with other contents. */
  DECISION_REUSED(Kind.CONFLICT),
  /** A committee that is to meet, or met in another century. */
  COMMITTEE_OUT_OF_RANGE(Kind.RULE),
  /** A suspension or withdrawal has a reason, and nothing else has. */
  REASON_REQUIRED(Kind.RULE),
  /** A label is not taken back for days before the committee met. */
  LABEL_TAKEN_BACK(Kind.RULE),
  /** The label's life does not go from where it stands to there. */
  LABEL_STEP_NOT_ALLOWED(Kind.RULE),
  /** An earlier decision holds from a later day. */
  LABEL_OUT_OF_ORDER(Kind.RULE),
  /** The venue is identified by a SIRET. */
  ALREADY_IDENTIFIED(Kind.CONFLICT),
  /** There is no SIRET of it that another could replace. */
  NOT_IDENTIFIED(Kind.RULE),
  /** Another SIRET that is to replace the venue's awaits a second person. */
  IDENTIFICATION_PENDING(Kind.CONFLICT),
  /** No such SIRET awaits a second person. */
  IDENTIFICATION_NOT_PROPOSED(Kind.CONFLICT),
  /** Whoever proposes a SIRET does not confirm it. */
  SECOND_PERSON_NEEDED(Kind.RULE),
  /** The SIRET is another venue's. */
  SIRET_TAKEN(Kind.CONFLICT),
  /** A waiver that is not in force on that day cannot end then. */
  NOTHING_WAIVED(Kind.RULE),
  /** The day is waived, and an end of the waiver is announced. */
  WAIVER_ENDS(Kind.CONFLICT),
  /** The reference is that of a waiver, or an end of one, of another day. */
  WAIVER_REUSED(Kind.CONFLICT);

  private final Kind kind;

  VenueRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  /**
   * @param named the venue that this identifier names, if it is another's SIRET; else the same
   */
  static Refusal unknown(VenueId venue, VenueId named, String field) {
    Refusal refusal =
        named.equals(venue)
            ? UNKNOWN_VENUE.because(
                field,
                "venue %s is on no list that was imported".formatted(venue),
                "import a list that has it, or correct the identifier")
            : UNKNOWN_VENUE.because(
                field,
                "%s is the SIRET that identifies venue %s, which keeps that name"
                    .formatted(venue, named),
                "name it " + named);
    return refusal.withValue(venue.value());
  }
}
