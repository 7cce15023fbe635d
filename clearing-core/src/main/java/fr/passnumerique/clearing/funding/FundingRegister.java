package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is defined, registered, signed and received, and where the ledger says so. */
final class FundingRegister implements Register {
  private final Map<ProgrammeId, Long> programmes = new HashMap<>();
  private final Map<FunderId, Long> funders = new HashMap<>();
  private final Map<AgreementId, Signed> agreements = new HashMap<>();
  private final Map<ReceiptId, Long> receipts = new HashMap<>();

  record Signed(AgreementSigned agreement, long position) {
    boolean has(FunderId funder) {
      return agreement.shares().stream().anyMatch(share -> share.funder().equals(funder));
    }
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    switch (fact) {
      case ProgrammeDefined f -> programmes.put(f.programme(), position);
      case FunderRegistered f -> funders.put(f.funder(), position);
      case AgreementSigned f -> agreements.put(f.agreement(), new Signed(f, position));
      case FundsReceived f -> receipts.put(f.receipt(), position);
      default -> {}
    }
  }

  /**
   * @return the position of its definition, null if there is none
   */
  @Nullable Long programme(ProgrammeId programme) {
    return programmes.get(programme);
  }

  @Nullable Long funder(FunderId funder) {
    return funders.get(funder);
  }

  @Nullable Signed agreement(AgreementId agreement) {
    return agreements.get(agreement);
  }

  @Nullable Long receipt(ReceiptId receipt) {
    return receipts.get(receipt);
  }
}
