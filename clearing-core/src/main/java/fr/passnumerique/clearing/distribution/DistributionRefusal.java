package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.CONFLICT;
import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.RULE;
import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.UNKNOWN;

import fr.passnumerique.clearing.ledger.RefusalCode;

/**
 * Why prescribers, deliveries and hand-outs are refused, in order of precedence. A retry comes
 * before any of them.
 */
public enum DistributionRefusal implements RefusalCode {
  PRESCRIBER_ALREADY_REGISTERED(CONFLICT),
  DELIVERY_ALREADY_RECORDED(CONFLICT),
  HAND_OUT_ALREADY_RECORDED(CONFLICT),
  CORRECTION_ALREADY_RECORDED(CONFLICT),

  UNKNOWN_PRESCRIBER(UNKNOWN),

  NAME_NOT_READABLE(RULE),
  SIRET_NOT_VALID(RULE),
  /** A hand-out names no cheque. */
  NOTHING_CHOSEN(RULE),
  TOO_MANY_CHOICES(RULE),

  UNKNOWN_BATCH(UNKNOWN),

  /** A range is reversed or leaves the batch. */
  NOT_IN_BATCH(RULE),
  /** The same cheque stands twice in one hand-out. */
  CHOSEN_TWICE(RULE),
  /** A carnet that is whole in the operator's stock would be torn apart. */
  NOT_WHOLE_CARNETS(RULE),
  /** What was left of the cheques' order has expired, by a fact. */
  BATCH_EXPIRED(RULE),
  /** A cheque to be delivered has left the operator's stock. */
  ALREADY_DELIVERED(RULE),
  /** A cheque to be handed out was never delivered to this prescriber. */
  NOT_IN_STOCK(RULE),
  ALREADY_HANDED_OUT(RULE),
  /** A hand-out to be corrected that is not recorded. */
  NOT_HANDED_OUT(RULE),
  /** A venue accepted the cheque: its hand-out stands. */
  ALREADY_REDEEMED(CONFLICT),
  /** A cheque to be delivered or handed out was reported lost or stolen. */
  CHEQUE_OPPOSED(RULE),

  DELIVERED_IN_FUTURE(RULE),
  DELIVERED_BEFORE_ISSUE(RULE),
  DELIVERED_AFTER_END(RULE),
  HANDED_OUT_IN_FUTURE(RULE),
  HANDED_OUT_BEFORE_DELIVERY(RULE),
  /** J, the end date of the cheques' order, is over. */
  HANDED_OUT_AFTER_END(RULE),
  /** All funders of the order have approved that its cheques are blocked (J − 15). */
  HANDED_OUT_AFTER_APPROVAL(RULE),

  PUBLIC_NOT_ELIGIBLE(RULE),
  /** A programme counts a person's carnets, and the hand-out has cheques of another as well. */
  SEVERAL_PROGRAMMES(RULE),
  /** The programme has a renewal rule, and nothing says whose hand-out it is. */
  BENEFICIARY_MISSING(RULE),
  /** The programme has none, and what it does not need is not kept. */
  BENEFICIARY_UNEXPECTED(RULE),
  /** The person has as many carnets as the programme lets one have. */
  RENEWAL_TOO_EARLY(RULE);

  private final Kind kind;

  DistributionRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
