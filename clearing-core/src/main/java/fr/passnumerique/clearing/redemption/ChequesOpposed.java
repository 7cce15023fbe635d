package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Cheques were reported lost or stolen: no line with one is accepted from here on, and what is set
 * aside for them is due back at once. A line accepted before stands.
 *
 * @param asked all that the report names, in order of serial, ranges that touch joined
 * @param by the account that recorded it
 * @param approvedBy the second person, for more cheques than one may oppose alone
 * @param opposed those of them that could still be spent
 * @param accepted those of them that a slip redeemed before: the opposition waits, and applies if
 *     the slip is withdrawn
 * @param titles where the opposed ones were
 * @param dueBack what the activated ones among the opposed come to
 */
public record ChequesOpposed(
    OppositionId opposition,
    List<ChequeRange> asked,
    Reason reason,
    String by,
    Optional<String> approvedBy,
    List<ChequeRange> opposed,
    List<ChequeRange> accepted,
    List<TitlesHeld> titles,
    List<FundedCents> dueBack)
    implements Fact {
  public ChequesOpposed {
    asked = List.copyOf(asked);
    opposed = List.copyOf(opposed);
    accepted = List.copyOf(accepted);
    titles = List.copyOf(titles);
    dueBack = List.copyOf(dueBack);
  }

  /** A code alone: who lost them and how is between the person and the prescriber. */
  public enum Reason {
    LOST,
    STOLEN,
    /** Unreadable or torn: the person has the paper and cannot use it. */
    DAMAGED,
    /** Printed or delivered wrongly. */
    FAULTY
  }

  /** Where titles stood. */
  public enum Whereabouts {
    IN_STOCK,
    AT_PRESCRIBER,
    HANDED_OUT
  }

  /**
   * The opposed cheques in one place.
   *
   * @param prescriber whose stock it is, for {@code AT_PRESCRIBER} only
   * @param cents whose they are
   */
  public record TitlesHeld(
      Whereabouts where,
      Optional<PrescriberId> prescriber,
      List<ChequeRange> cheques,
      List<FundedCents> cents) {
    public TitlesHeld {
      cheques = List.copyOf(cheques);
      cents = List.copyOf(cents);
    }
  }

  /** All cheques that this fact keeps from being spent, now or once their slip is withdrawn. */
  public List<ChequeRange> stopped() {
    return Stream.concat(opposed.stream(), accepted.stream()).toList();
  }

  static String tag(OppositionId opposition) {
    return "opposition:" + opposition;
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add(tag(opposition));
    stopped().forEach(range -> tags.add("batch:" + range.batch()));
    return tags;
  }
}
