package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.money.QuotaSequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose cents the cheques of one batch are. Fixed by the batch's issuance and its agreement's key,
 * whatever happens to the cheques and in whatever order.
 *
 * <p>Pure and immutable; as small as three references, so that a register may keep one per batch.
 */
public final class CentsOfCheques {
  private final ChequesIssued issued;
  private final List<Share> key;
  private final QuotaSequence sequence;

  private CentsOfCheques(ChequesIssued issued, List<Share> key, QuotaSequence sequence) {
    this.issued = issued;
    this.key = key;
    this.sequence = sequence;
  }

  /**
   * @param key the shares of the issuance's agreement in its key version, in the key's order
   * @throws IllegalStateException if the issuance was dealt by a rule that this release does not
   *     know
   */
  public static CentsOfCheques of(ChequesIssued issued, List<Share> key) {
    if (!issued.splitAlgorithm().equals(QuotaSequence.ALGORITHM)
        || issued.splitAlgorithmVersion() != QuotaSequence.VERSION) {
      throw new IllegalStateException(
          "batch %s was dealt by %s version %d, this release knows %s version %d; run one that knows it"
              .formatted(
                  issued.batch(),
                  issued.splitAlgorithm(),
                  issued.splitAlgorithmVersion(),
                  QuotaSequence.ALGORITHM,
                  QuotaSequence.VERSION));
    }
    return new CentsOfCheques(issued, key, sequence(key));
  }

  static QuotaSequence sequence(List<Share> key) {
    return QuotaSequence.shared(key.stream().map(Share::basisPoints).toList());
  }

  public ChequesIssued issued() {
    return issued;
  }

  /** How many funders the key has, and totals for {@link #addTo} must have. */
  public int funders() {
    return key.size();
  }

  /**
   * @param place in the key, from 0
   */
  public FunderId funder(int place) {
    return key.get(place).funder();
  }

  /**
   * @param place in the key, from 0
   * @return under whom the funder's cash stands: itself, or its pre-financier
   */
  public FunderId cashOwner(int place) {
    Share share = key.get(place);
    return share.preFinancier().orElse(share.funder());
  }

  /** Adds the cents of one cheque to each funder's total, allocating nothing. */
  public void addTo(long[] totals, int ordinal) {
    addTo(totals, ordinal, ordinal);
  }

  /**
   * Adds the cents of consecutive cheques to each funder's total, allocating nothing.
   *
   * @param totals one per funder, in the key's order
   * @param first ordinal, inclusive
   * @param last ordinal, inclusive
   */
  public void addTo(long[] totals, int first, int last) {
    if (first < 1 || last < first || last > issued.chequeCount()) {
      throw new IllegalArgumentException(
          "batch %s has cheques 1 to %d, got %d to %d"
              .formatted(issued.batch(), issued.chequeCount(), first, last));
    }
    if (issued.replaces()) {
      List<Integer> ordinals = issued.inherited().get().ordinals();
      for (int ordinal = first; ordinal <= last; ordinal++) {
        sequence.addTo(
            totals,
            issued.firstCent() + (ordinals.get(ordinal - 1) - 1) * issued.faceValueCents(),
            issued.faceValueCents());
      }
      return;
    }
    sequence.addTo(
        totals,
        issued.firstCent() + (first - 1) * issued.faceValueCents(),
        (last - first + 1) * issued.faceValueCents());
  }

  /**
   * @param first ordinal, inclusive
   * @param last ordinal, inclusive
   * @return each funder's cents of these cheques, in the key's order; who has none is left out
   */
  public List<FundedCents> shares(int first, int last) {
    long[] totals = new long[funders()];
    addTo(totals, first, last);
    return shares(totals);
  }

  /** Totals that {@link #addTo} gathered, with where they come from; who has none is left out. */
  public List<FundedCents> shares(long[] totals) {
    List<FundedCents> shares = new ArrayList<>(totals.length);
    for (int place = 0; place < totals.length; place++) {
      if (totals[place] > 0) {
        shares.add(
            new FundedCents(
                issued.programme(),
                issued.agreement(),
                issued.keyVersion(),
                issued.fundingDepartement(),
                funder(place),
                totals[place],
                key.get(place).preFinancier()));
      }
    }
    return List.copyOf(shares);
  }
}
