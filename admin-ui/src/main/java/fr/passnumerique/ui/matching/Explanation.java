package fr.passnumerique.ui.matching;

import fr.passnumerique.clearing.bank.BankEndpoint;
import fr.passnumerique.clearing.bank.BankEntryMatched.Charges;
import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.ui.deed.Entries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a movement may be: a kind and what it names, as one choice of a form. The operation says
 * whether it is.
 */
record Explanation(Kind kind, List<String> named) {
  private static final String MARK = ":";

  enum Kind {
    /** Agreement, funder and, if it settles one, the call. */
    SHARE("Un versement de financeur", name -> name),
    RECEIPT("Un versement que j’ai saisi", ReceiptId::new),
    RECEIPTS("Plusieurs versements saisis, payés ensemble", ReceiptId::new),
    TRANSFER("Un de nos virements, débité ou revenu", TransferId::new),
    RUN("Tous les virements d’un règlement, débités en une somme", SettlementRunId::new),
    DEBIT_NOTE("Le paiement d’une note de débit", DebitNoteId::new),
    CREDIT_NOTE("Le remboursement d’un avoir, déjà saisi", CreditNoteId::new),
    AGAINST("Un mouvement contraire, qui l’annule", name -> name);

    private final String words;
    private final Function<String, ?> reading;

    Kind(String words, Function<String, ?> reading) {
      this.words = words;
      this.reading = reading;
    }

    private boolean canBe(String name) {
      try {
        var _ = reading.apply(name);
        return true;
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    String words() {
      return words;
    }
  }

  static Explanation of(Kind kind, String... named) {
    return new Explanation(kind, List.of(named));
  }

  /** As a form sends it; identifiers hold no such mark. */
  @Override
  public String toString() {
    return Stream.concat(Stream.of(kind.name()), named.stream())
        .reduce((one, next) -> one + MARK + next)
        .orElseThrow();
  }

  /**
   * @param sent one of the choices
   * @param named what it names, where the choice is of a kind alone
   */
  static Explanation read(String sent, Optional<String> named) {
    List<String> parts = List.of(sent.split(MARK));
    List<String> told = parts.subList(1, parts.size());
    return new Explanation(
        Kind.valueOf(parts.getFirst()),
        told.isEmpty() ? named.map(Explanation::names).orElse(List.of()) : told);
  }

  private static List<String> names(String typed) {
    return Stream.of(typed.split("[,;\\s]+")).filter(name -> !name.isEmpty()).toList();
  }

  /**
   * What was entered beside the choice and does not go with it, by field: of what is sent nothing
   * is left out in silence.
   */
  static Map<String, String> faults(Entries entries) {
    Map<String, String> faults = new LinkedHashMap<>();
    Explanation chosen = read(entries.text(MatchingDeeds.WHAT), Optional.empty());
    chosen
        .faultOf(entries.given(MatchingDeeds.NAMED).map(Explanation::names).orElse(List.of()))
        .ifPresent(fault -> faults.put(MatchingDeeds.NAMED, fault));
    boolean other = entries.given(MatchingDeeds.OTHER).isPresent();
    boolean otherCents = entries.given(MatchingDeeds.OTHER_CENTS).isPresent();
    if (chosen.kind != Kind.SHARE) {
      String alone = "Ne va qu’avec un versement de financeur choisi plus haut : laissez vide.";
      if (other) {
        faults.put(MatchingDeeds.OTHER, alone);
      }
      if (otherCents) {
        faults.put(MatchingDeeds.OTHER_CENTS, alone);
      }
    } else if (other && !otherCents) {
      faults.put(MatchingDeeds.OTHER_CENTS, "Indiquez le montant de cette part.");
    } else if (otherCents && !other) {
      faults.put(MatchingDeeds.OTHER, "Choisissez pour qui est cette part.");
    }
    if (entries.given(MatchingDeeds.CHARGES_REASON).isPresent()
        && entries.given(MatchingDeeds.CHARGES).isEmpty()) {
      faults.put(MatchingDeeds.CHARGES, "Indiquez le montant de ces frais.");
    }
    return faults;
  }

  /**
   * @param names that were typed beside the choice
   */
  private Optional<String> faultOf(List<String> names) {
    if (!named.isEmpty()) {
      return names.isEmpty()
          ? Optional.empty()
          : Optional.of("Le choix fait plus haut dit déjà lequel : laissez vide.");
    }
    if (names.isEmpty()) {
      return Optional.of("Donnez le nom de ce que vous avez choisi.");
    }
    if (names.size() > 1 && kind != Kind.RECEIPTS) {
      return Optional.of("Un seul nom : seuls des versements saisis sont payés ensemble.");
    }
    return names.stream().allMatch(kind::canBe)
        ? Optional.empty()
        : Optional.of(
            kind == Kind.CREDIT_NOTE
                ? "Un avoir se nomme comme commande-12~financeur."
                : "Un nom comme versement-12 : lettres, chiffres, points et tirets.");
  }

  /** What is sent to the operation, with the charges that a bank kept of a transfer. */
  BankEndpoint.Match of(UnmatchedEntry entry, Entries entries) {
    return new BankEndpoint.Match(
        kind == Kind.SHARE && !named.isEmpty() ? parts(entry, entries) : null,
        first(Kind.RECEIPT).map(ReceiptId::new).orElse(null),
        first(Kind.TRANSFER).map(TransferId::new).orElse(null),
        first(Kind.AGAINST).orElse(null),
        first(Kind.DEBIT_NOTE).orElse(null),
        first(Kind.CREDIT_NOTE).orElse(null),
        charges(entries),
        first(Kind.RUN).map(SettlementRunId::new).orElse(null),
        kind == Kind.RECEIPTS ? named.stream().map(ReceiptId::new).toList() : null);
  }

  /** Whole, or with what of it is for another share. */
  private List<Part> parts(UnmatchedEntry entry, Entries entries) {
    Optional<Explanation> other =
        entries.given(MatchingDeeds.OTHER).map(sent -> read(sent, Optional.empty()));
    long otherCents =
        entries.given(MatchingDeeds.OTHER_CENTS).isPresent()
            ? entries.cents(MatchingDeeds.OTHER_CENTS)
            : 0;
    return Stream.concat(
            Stream.of(part(entry.cents() - otherCents)),
            other.stream().map(of -> of.part(otherCents)))
        .toList();
  }

  private Part part(long cents) {
    return new Part(
        new AgreementId(named.getFirst()),
        new FunderId(named.get(1)),
        cents,
        named.stream().skip(2).findFirst());
  }

  private Optional<String> first(Kind of) {
    return kind == of ? named.stream().findFirst() : Optional.empty();
  }

  private static @Nullable Charges charges(Entries entries) {
    return entries
        .given(MatchingDeeds.CHARGES)
        .map(
            _ ->
                new Charges(
                    entries.cents(MatchingDeeds.CHARGES),
                    entries
                        .given(MatchingDeeds.CHARGES_REASON)
                        .map(Charges.Reason::valueOf)
                        .orElse(Charges.Reason.OTHER)))
        .orElse(null);
  }
}
