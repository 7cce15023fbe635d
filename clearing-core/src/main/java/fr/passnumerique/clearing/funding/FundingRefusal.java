package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.CONFLICT;
import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.RULE;
import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.UNKNOWN;

import fr.passnumerique.clearing.ledger.RefusalCode;

/**
 * Why programmes, funders, agreements and receipts are refused, in order of precedence. A retry
 * comes before any of them: what was recorded answers, even if a rule would refuse it today.
 */
public enum FundingRefusal implements RefusalCode {
  /** The identifier is that of a programme with other rules, which never change. */
  PROGRAMME_ALREADY_DEFINED(CONFLICT),
  FUNDER_ALREADY_REGISTERED(CONFLICT),
  AGREEMENT_ALREADY_SIGNED(CONFLICT),
  AMENDMENT_ALREADY_SIGNED(CONFLICT),
  RECEIPT_ALREADY_RECORDED(CONFLICT),
  /** It was recorded, and is gone since the bank tells it no more or never showed it. */
  RECEIPT_TAKEN_BACK(CONFLICT),
  FUNDS_TRANSFER_ALREADY_RECORDED(CONFLICT),
  /** The engine gives such names to what it transfers by itself. */
  FUNDS_TRANSFER_NAME_RESERVED(RULE),

  UNKNOWN_PROGRAMME(UNKNOWN),
  UNKNOWN_AGREEMENT(UNKNOWN),
  UNKNOWN_FUNDER(UNKNOWN),

  /** Of a programme or funder. */
  NAME_NOT_READABLE(RULE),
  /** Communes take part only as a group with a lead. */
  GROUP_MISSING(RULE),
  /** Only communes take part as a group. */
  GROUP_UNEXPECTED(RULE),
  GROUP_TOO_SMALL(RULE),
  COMMUNE_CODE_UNKNOWN(RULE),
  LEAD_NOT_A_MEMBER(RULE),
  FACE_VALUE_OUT_OF_RANGE(RULE),
  CHEQUES_PER_CARNET_OUT_OF_RANGE(RULE),
  VALIDITY_OUT_OF_RANGE(RULE),
  PRESENTATION_WINDOW_OUT_OF_RANGE(RULE),
  TOLERANCE_OUT_OF_RANGE(RULE),
  CHEQUES_PER_VISIT_OUT_OF_RANGE(RULE),
  /** Carnets per person, or the days after which there may be another. */
  RENEWAL_OUT_OF_RANGE(RULE),
  /** A list of publics, services or shares. */
  LIST_TOO_LONG(RULE),
  /** A code, never a sentence: it is recorded with each hand-out and must not tell of a person. */
  PUBLIC_CODE_NOT_USABLE(RULE),
  SERVICE_NOT_READABLE(RULE),
  /** A public, service, département or funder. */
  LISTED_TWICE(RULE),

  /** A day of another century is a slip of the keyboard. */
  DATE_OUT_OF_RANGE(RULE),
  SIGNED_IN_FUTURE(RULE),
  PERIOD_REVERSED(RULE),
  SIGNED_AFTER_PERIOD(RULE),
  TERRITORY_MISSING(RULE),
  SHARES_MISSING(RULE),
  SHARE_OUT_OF_RANGE(RULE),
  SHARES_NOT_WHOLE(RULE),
  CEILING_OUT_OF_RANGE(RULE),
  /** A share is prepaid and names a pre-financier. */
  PRE_FINANCIER_UNEXPECTED(RULE),
  /** A share is paid on use and names none. */
  PRE_FINANCIER_MISSING(RULE),
  /** The pre-financier pays on use itself: it has no cash that could stand in. */
  PRE_FINANCIER_NOT_PREPAID(RULE),
  /** The 2020 rule: at most half. */
  ON_USE_SHARES_TOO_HIGH(RULE),
  /** It would govern orders from before its signature. */
  AMENDMENT_RETROACTIVE(RULE),
  /** It would be in force before the amendment before it. */
  AMENDMENT_OUT_OF_ORDER(RULE),
  PRE_FINANCIER_CHANGED(RULE),
  /** More of the funder's share is issued than its ceiling would be. */
  CEILING_BELOW_ISSUED(RULE),

  FUNDER_NOT_IN_AGREEMENT(RULE),
  /** A population, density or poverty rate. */
  TERRITORY_FIGURE_OUT_OF_RANGE(RULE),
  /** A transfer would lead to the agreement that it leaves. */
  SAME_AGREEMENT(RULE),
  AMOUNT_OUT_OF_RANGE(RULE),
  /** A transfer would take what is set aside for cheques or owed. */
  CREDIT_TOO_LOW(RULE),
  VALUE_DATE_IN_FUTURE(RULE);

  private final Kind kind;

  FundingRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
