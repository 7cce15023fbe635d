package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is defined, registered, signed and received, and where the ledger says so. */
final class FundingRegister implements Register, AskedShares.Known {
  private final Map<ProgrammeId, Recorded<ProgrammeDefined>> programmes = new LinkedHashMap<>();
  private final Map<FunderId, Recorded<FunderRegistered>> funders = new LinkedHashMap<>();
  private final Map<AgreementId, Agreement> agreements = new LinkedHashMap<>();
  private final Map<AmendmentId, Long> amendments = new HashMap<>();
  private final Map<ReceiptId, Long> receipts = new HashMap<>();

  /** Of them, those that the bank tells no more or never showed. */
  private final Set<ReceiptId> takenBack = new HashSet<>();

  private final Map<FundsTransferId, Long> transfers = new HashMap<>();

  /** Face value of what is issued, by the share that it is of: under all versions. */
  private final Map<AgreementId, Map<FunderId, Long>> issued = new HashMap<>();

  private final PaidEarly paidEarly = new PaidEarly();

  private record Recorded<F>(F fact, long position) {}

  /**
   * @param position at which it is signed
   * @param versions of its terms; the first is the signed one
   */
  record Agreement(AgreementSigned signed, long position, List<AgreementTerms> versions) {
    AgreementTerms latest() {
      return versions.getLast();
    }

    /** Under which an order of this day is issued: the last one in force. */
    AgreementTerms inForceOn(LocalDate day) {
      return versions.reversed().stream()
          .filter(terms -> !terms.inForceFrom().isAfter(day))
          .findFirst()
          .orElse(signed);
    }

    /** Whether this funder's cash may stand under it: it has a share, or advances one. */
    boolean has(FunderId funder) {
      return shares()
          .anyMatch(
              share ->
                  share.funder().equals(funder)
                      || share.preFinancier().filter(funder::equals).isPresent());
    }

    /** Null if no version has this funder pay on use. */
    @Nullable FunderId preFinancierOf(FunderId funder) {
      return shares()
          .filter(share -> share.funder().equals(funder))
          .flatMap(share -> share.preFinancier().stream())
          .findFirst()
          .orElse(null);
    }

    private Stream<Share> shares() {
      return versions.stream().flatMap(terms -> terms.shares().stream());
    }
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    paidEarly.fold(fact);
    switch (fact) {
      case ProgrammeDefined f -> programmes.put(f.programme(), new Recorded<>(f, position));
      case FunderRegistered f -> funders.put(f.funder(), new Recorded<>(f, position));
      case AgreementSigned f ->
          agreements.put(f.agreement(), new Agreement(f, position, new ArrayList<>(List.of(f))));
      case AgreementAmended f -> {
        amendments.put(f.amendment(), position);
        signed(f.agreement()).versions().add(f);
      }
      // A replacement's cents were issued with the cheques that it replaces.
      case ChequesIssued f when f.inherited().isEmpty() ->
          f.shares()
              .forEach(
                  part ->
                      issued
                          .computeIfAbsent(part.agreement(), _ -> new HashMap<>())
                          .merge(part.funder(), part.cents(), Math::addExact));
      case FundsReceived f -> receipts.put(f.receipt(), position);
      case ReceiptTakenBack f -> takenBack.add(f.receipt());
      case FundsTransferred f -> transfers.put(f.transfer(), position);
      default -> {}
    }
  }

  private Agreement signed(AgreementId agreement) {
    Agreement signed = agreements.get(agreement);
    if (signed == null) {
      throw new IllegalStateException("no fact signs agreement " + agreement);
    }
    return signed;
  }

  /**
   * @return the position of its definition, null if there is none
   */
  @Nullable Long programme(ProgrammeId programme) {
    Recorded<ProgrammeDefined> defined = programmes.get(programme);
    return defined == null ? null : defined.position();
  }

  /** In order of definition. */
  List<ProgrammeDefined> programmes() {
    return programmes.values().stream().map(Recorded::fact).toList();
  }

  @Nullable Long funder(FunderId funder) {
    Recorded<FunderRegistered> registered = funders.get(funder);
    return registered == null ? null : registered.position();
  }

  /** In order of registration. */
  List<FunderRegistered> funders() {
    return funders.values().stream().map(Recorded::fact).toList();
  }

  @Override
  public boolean knowsFunder(FunderId funder) {
    return funders.containsKey(funder);
  }

  @Override
  public boolean knowsAgreement(AgreementId agreement) {
    return agreements.containsKey(agreement);
  }

  @Override
  public boolean isParty(AgreementId agreement, FunderId funder) {
    Agreement signed = agreements.get(agreement);
    return signed != null && signed.has(funder);
  }

  /** In order of signature. */
  List<Agreement> agreements() {
    return List.copyOf(agreements.values());
  }

  @Nullable Agreement agreement(AgreementId agreement) {
    return agreements.get(agreement);
  }

  /**
   * @return the position at which it is recorded, null if it is not
   */
  @Nullable Long amendment(AmendmentId amendment) {
    return amendments.get(amendment);
  }

  /**
   * @return the position at which it is recorded, null if it is not
   */
  @Nullable Long fundsTransfer(FundsTransferId transfer) {
    return transfers.get(transfer);
  }

  /** Cents of the funder's share of cheques issued, under all versions of the agreement. */
  long issuedCents(AgreementId agreement, FunderId funder) {
    return issued.getOrDefault(agreement, Map.of()).getOrDefault(funder, 0L);
  }

  /** What is paid in and not set aside, and what is owed for used cheques. */
  PaidEarly paidEarly() {
    return paidEarly;
  }

  /** What {@code ON_USE} funders owe for used cheques. */
  OnUseDebts debts() {
    return paidEarly.debts();
  }

  boolean isTakenBack(ReceiptId receipt) {
    return takenBack.contains(receipt);
  }

  @Nullable Long receipt(ReceiptId receipt) {
    return receipts.get(receipt);
  }
}
