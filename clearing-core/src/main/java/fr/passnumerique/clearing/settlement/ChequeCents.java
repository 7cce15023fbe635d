package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AgreementTerms.KeyVersion;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.territory.Departement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cents of single cheques, as they were dealt when their batch was issued. */
final class ChequeCents {
  private final Map<KeyVersion, List<Share>> keys = new HashMap<>();
  private final Map<Batch, CentsOfCheques> batches = new HashMap<>();

  void sign(AgreementTerms terms) {
    keys.put(terms.key(), terms.shares());
  }

  void issue(ChequesIssued issued) {
    List<Share> key = keys.get(issued.key());
    if (key == null) {
      throw new IllegalStateException(
          "batch %s is issued under terms that were not signed".formatted(issued.batch()));
    }
    batches.put(issued.batch(), CentsOfCheques.of(issued, key));
  }

  /** Null for a cheque of a batch that was never issued. */
  @Nullable ProgrammeId programmeOf(Serial cheque) {
    CentsOfCheques cents = batches.get(cheque.batch());
    return cents == null ? null : cents.issued().programme();
  }

  List<SpentCents> of(Serial cheque, Departement spentIn) {
    CentsOfCheques cents = batches.get(cheque.batch());
    if (cents == null) {
      throw new IllegalStateException("batch %s was never issued".formatted(cheque.batch()));
    }
    return cents.shares(cheque.ordinal(), cheque.ordinal()).stream()
        .map(
            part ->
                new SpentCents(
                    part.programme(),
                    part.agreement(),
                    part.keyVersion(),
                    part.fundingDepartement(),
                    spentIn,
                    part.funder(),
                    part.cents(),
                    part.advancedBy()))
        .toList();
  }

  /** Some lines of a slip as what is owed for them. */
  Unpaid piece(Unpaid slip, OwedLines lines) {
    SumOfParts sum = new SumOfParts();
    for (int i = 0; i < lines.size(); i++) {
      sum.plus(of(lines.cheque(i), lines.spentIn(i)));
    }
    List<SpentCents> spent = sum.parts();
    return new Unpaid(
        slip.venue(),
        slip.reference(),
        slip.position(),
        slip.recordedAt(),
        slip.presentedOn(),
        spent.stream().mapToLong(SpentCents::cents).sum(),
        spent,
        lines,
        List.of());
  }
}
