package fr.passnumerique.projections.histories;

/** Where a credit transfer stands. */
public enum TransferState {
  /** Of a run that is open, or at the bank, which has not told its end. */
  IN_TRANSIT,
  /** By the bank's word or its booking. */
  PAID,
  /** Owed again. */
  REJECTED,
  /** It was paid and came back: owed again. */
  RETURNED,
  /** Its run was cancelled before it went to the bank. */
  CANCELLED;

  /** Of the transfer {@code t}: its row does not tell what came back from what was rejected. */
  static final String SQL =
      """
      case when t.state = 'REJECTED'
            and (select e.kind from projections.transfer_end e
                  where e.transfer = t.id and e.kind in ('REJECTED', 'RETURNED')
                  order by e.position desc limit 1) = 'RETURNED'
           then 'RETURNED' else t.state end
      """;

  /** As the row tells it. */
  String kept() {
    return this == RETURNED ? REJECTED.name() : name();
  }
}
