package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bank.BankValues.ASK_THE_BANK;
import static fr.passnumerique.clearing.bank.BankValues.cents;
import static fr.passnumerique.clearing.bank.BankValues.count;
import static fr.passnumerique.clearing.bank.BankValues.euros;
import static fr.passnumerique.clearing.bank.BankValues.missing;
import static fr.passnumerique.clearing.bank.BankValues.reference;
import static fr.passnumerique.clearing.bank.BankValues.rule;
import static fr.passnumerique.clearing.bank.BankValues.signed;
import static java.util.function.Predicate.not;

import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.BankXml.Element;
import fr.passnumerique.clearing.http.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The entries of a statement or notification, and the payments of which each is made. */
final class BookedEntries {
  private BookedEntries() {}

  static Booking booking(Element entry) {
    long cents = signed(entry);
    LocalDate bookedOn =
        entry
            .at("BookgDt")
            .or(() -> entry.at("ValDt"))
            .map(BankValues::day)
            .orElseThrow(() -> missing(entry, "BookgDt"));
    LocalDate valueOn = entry.at("ValDt").map(BankValues::day).orElse(bookedOn);
    boolean reversal = entry.textAt("RvslInd").filter(text -> text.matches("true|1")).isPresent();
    List<Element> details = new ArrayList<>();
    for (Element group : entry.all("NtryDtls")) {
      List<Element> these = group.all("TxDtls");
      group.at("Btch").ifPresent(batch -> requireCount(batch, these.size()));
      details.addAll(these);
    }
    Optional<List<Long>> amounts = amounts(entry, details, cents);
    List<Payment> payments = new ArrayList<>();
    List<Payment> ofNothing = new ArrayList<>();
    for (int i = 0; i < details.size() && amounts.isPresent(); i++) {
      long part = amounts.get().get(i);
      (part == 0 ? ofNothing : payments).add(payment(entry, details.get(i), part));
    }
    if (payments.isEmpty()) {
      // An entry of nothing, of fees that a bank waives say, has no others.
      payments.addAll(ofNothing);
      ofNothing.clear();
    }
    boolean detailed = !payments.isEmpty();
    boolean several =
        details.size() > 1
            || entry
                .at("NtryDtls", "Btch", "NbOfTxs")
                .filter(number -> count(number) > 1)
                .isPresent();
    if (!detailed) {
      payments.add(payment(entry, entry, cents));
    }
    return new Booking(
        entry.line(),
        reference(entry, "AcctSvcrRef"),
        bookedOn,
        valueOn,
        cents,
        reversal,
        List.copyOf(payments),
        List.copyOf(ofNothing),
        detailed,
        several);
  }

  /**
   * What each payment of an entry comes to.
   *
   * @return empty if the bank does not tell it of each
   */
  private static Optional<List<Long>> amounts(Element entry, List<Element> details, long cents) {
    List<Long> amounts = new ArrayList<>(details.size());
    long sum = 0;
    for (Element detail : details) {
      Optional<Element> amount = detail.at("Amt").or(() -> detail.at("AmtDtls", "TxAmt", "Amt"));
      if (amount.isEmpty()) {
        return details.size() == 1 ? Optional.of(List.of(cents)) : Optional.empty();
      }
      boolean credit = detail.at("CdtDbtInd").map(BankValues::isCredit).orElse(cents >= 0);
      long part = credit ? cents(amount.get()) : -cents(amount.get());
      amounts.add(part);
      sum = Math.addExact(sum, part);
    }
    if (!details.isEmpty() && sum != cents) {
      throw rule(
          "SUMS_DO_NOT_ADD_UP",
          entry,
          "Ntry/Amt",
          euros(cents),
          "the entry is of %s and its %d payments come to %s"
              .formatted(euros(cents), details.size(), euros(sum)),
          ASK_THE_BANK);
    }
    return Optional.of(amounts);
  }

  private static void requireCount(Element batch, int payments) {
    Optional<Element> count = batch.at("NbOfTxs");
    if (payments > 0 && count.isPresent() && count(count.get()) != payments) {
      throw rule(
          "COUNTS_DO_NOT_ADD_UP",
          count.get(),
          "Btch/NbOfTxs",
          Problem.shown(count.get().text()),
          "the entry is said to hold %s payments and holds %d"
              .formatted(Problem.shown(count.get().text()), payments),
          ASK_THE_BANK);
    }
  }

  private static Payment payment(Element entry, Element details, long cents) {
    String other = cents >= 0 ? "Dbtr" : "Cdtr";
    boolean returned =
        details.at("RtrInf").isPresent()
            || Stream.of(details, entry)
                .anyMatch(
                    e ->
                        e.textAt("BkTxCd", "Domn", "Fmly", "SubFmlyCd")
                            .filter("RRTN"::equals)
                            .isPresent());
    String text =
        Stream.of(
                details.at("RmtInf").stream().flatMap(info -> info.all("Ustrd").stream()),
                details.all("AddtlTxInf").stream(),
                entry.all("AddtlNtryInf").stream())
            .flatMap(s -> s)
            .map(Element::text)
            .filter(not(String::isEmpty))
            .distinct()
            .collect(Collectors.joining(" "));
    return new Payment(
        details.line(),
        cents,
        details.at("Refs").flatMap(refs -> reference(refs, "AcctSvcrRef")),
        details
            .at("Refs")
            .flatMap(refs -> reference(refs, "EndToEndId").or(() -> reference(refs, "InstrId"))),
        returned
            ? Optional.of(
                details.textAt("RtrInf", "Rsn", "Cd").filter(BankValues::isReason).orElse(""))
            : Optional.empty(),
        details.at("RmtInf").stream()
            .flatMap(info -> info.all("Strd").stream())
            .flatMap(structured -> structured.textAt("CdtrRefInf", "Ref").stream())
            .toList(),
        text,
        details
            .textAt("RltdPties", other, "Pty", "Nm")
            .or(() -> details.textAt("RltdPties", other, "Nm"))
            .orElse(""),
        details.textAt("RltdPties", other + "Acct", "Id", "IBAN").orElse(""));
  }
}
