package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bank.BankValues.ASK_THE_BANK;
import static fr.passnumerique.clearing.bank.BankValues.count;
import static fr.passnumerique.clearing.bank.BankValues.day;
import static fr.passnumerique.clearing.bank.BankValues.euros;
import static fr.passnumerique.clearing.bank.BankValues.isCredit;
import static fr.passnumerique.clearing.bank.BankValues.magnitude;
import static fr.passnumerique.clearing.bank.BankValues.missing;
import static fr.passnumerique.clearing.bank.BankValues.moment;
import static fr.passnumerique.clearing.bank.BankValues.requireEuro;
import static fr.passnumerique.clearing.bank.BankValues.required;
import static fr.passnumerique.clearing.bank.BankValues.rule;
import static fr.passnumerique.clearing.bank.BankValues.signed;
import static fr.passnumerique.clearing.bank.BankValues.text;

import fr.passnumerique.clearing.bank.BankFile.Balances;
import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Report;
import fr.passnumerique.clearing.bank.BankXml.Element;
import fr.passnumerique.clearing.http.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Statements and notifications of the account (camt.053, camt.054): whose account it is, its
 * balances, and whether its entries come to what is said of them.
 */
final class AccountReports {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
  private static final Pattern PAGE = Pattern.compile("\\d{1,5}");

  private final String iban;

  /**
   * @param iban of the ring-fenced account, letters and digits only
   */
  AccountReports(String iban) {
    this.iban = iban;
  }

  /**
   * @param each name of one report
   * @param statement whether it has balances
   */
  BankFile read(String message, Element body, String each, boolean statement) {
    Element header = required(body, "GrpHdr");
    List<Element> found = body.all(each);
    if (found.isEmpty()) {
      throw missing(body, each);
    }
    List<Report> reports = new ArrayList<>(found.size());
    for (Element report : found) {
      reports.add(report(report, statement));
    }
    return new BankFile(
        message,
        text(required(header, "MsgId")),
        moment(required(header, "CreDtTm")),
        List.copyOf(reports),
        List.of());
  }

  private Report report(Element report, boolean statement) {
    requireOurAccount(required(report, "Acct"));
    List<Booking> bookings = new ArrayList<>();
    List<Booking> ofNothing = new ArrayList<>();
    List<Listed> booked = new ArrayList<>();
    List<Listed> pending = new ArrayList<>();
    for (Element entry : report.all("Ntry")) {
      if (status(entry).equals("BOOK")) {
        booked.add(Listed.of(entry));
        Booking booking = BookedEntries.booking(entry);
        (booking.movesNothing() ? ofNothing : bookings).add(booking);
      } else {
        // What is not booked has no day yet, and counts for nothing but a summary.
        pending.add(Listed.of(entry));
      }
    }
    report.at("TxsSummry").ifPresent(summary -> requireSummary(summary, booked, pending));
    Optional<Balances> balances =
        statement ? Optional.of(balances(report, bookings)) : Optional.empty();
    return new Report(
        report.line(),
        withoutAccount(text(required(report, "Id"))),
        report
            .textAt("ElctrncSeqNb")
            .or(() -> report.textAt("LglSeqNb"))
            .filter(number -> NUMBER.matcher(number).matches())
            .map(Long::parseLong),
        page(report),
        balances,
        List.copyOf(bookings),
        pending.size(),
        List.copyOf(ofNothing));
  }

  /** An entry as the summary counts it: one of 0.00 is of its side, too. */
  private record Listed(long cents, boolean credit) {
    static Listed of(Element entry) {
      return new Listed(signed(entry), isCredit(required(entry, "CdtDbtInd")));
    }
  }

  private static Optional<Integer> page(Element report) {
    return report
        .textAt("StmtPgntn", "PgNb")
        .filter(number -> PAGE.matcher(number).matches())
        .map(Integer::parseInt);
  }

  /** The IBAN is never repeated: neither ours nor another's. */
  private void requireOurAccount(Element account) {
    String found = account.textAt("Id", "IBAN").map(text -> text.replaceAll("\\s", "")).orElse("");
    if (!found.equals(iban)) {
      throw rule(
          "ANOTHER_ACCOUNT",
          account,
          "Acct",
          "",
          "the file is about another account than the ring-fenced one of pass.operator.iban",
          "send the files of the ring-fenced account only");
    }
    account
        .at("Ccy")
        .filter(currency -> !currency.text().equals("EUR"))
        .ifPresent(currency -> requireEuro(currency, currency.text()));
  }

  /** Some banks name their statements by the account's IBAN, which no fact may hold. */
  private String withoutAccount(String id) {
    String rest = id.replace(iban, "").replaceAll("^[^A-Za-z0-9]+", "");
    return rest.isEmpty() ? "-" : rest;
  }

  private static String status(Element entry) {
    return entry
        .textAt("Sts", "Cd")
        .or(() -> entry.textAt("Sts"))
        .orElseThrow(() -> missing(entry, "Sts"));
  }

  private static Balances balances(Element report, List<Booking> bookings) {
    Element opening =
        balance(report, "OPBD")
            .or(() -> balance(report, "PRCD"))
            .or(() -> interim(report).findFirst())
            .orElseThrow(() -> missing(report, "Bal of type OPBD"));
    Element closing =
        balance(report, "CLBD")
            .or(() -> interim(report).reduce((_, last) -> last))
            .orElseThrow(() -> missing(report, "Bal of type CLBD"));
    long openingCents = signed(opening);
    long closingCents = signed(closing);
    long entries = bookings.stream().mapToLong(Booking::cents).reduce(0, Math::addExact);
    long expected = Math.addExact(openingCents, entries);
    if (expected != closingCents) {
      throw rule(
          "SUMS_DO_NOT_ADD_UP",
          closing,
          "Bal/Amt",
          euros(closingCents),
          "the statement opens with %s, its booked entries come to %s, so it closes with %s and not with %s"
              .formatted(euros(openingCents), euros(entries), euros(expected), euros(closingCents)),
          ASK_THE_BANK);
    }
    LocalDate to = day(required(closing, "Dt"));
    LocalDate from =
        report
            .at("FrToDt", "FrDtTm")
            .or(() -> report.at("FrToDt", "FrDt"))
            .map(BankValues::date)
            .orElseGet(() -> day(required(opening, "Dt")));
    return new Balances(from.isAfter(to) ? to : from, to, openingCents, closingCents);
  }

  /** What a page opens and closes with, the statement's first and last apart. */
  private static Stream<Element> interim(Element report) {
    return page(report).isEmpty()
        ? Stream.empty()
        : report.all("Bal").stream()
            .filter(b -> b.textAt("Tp", "CdOrPrtry", "Cd").filter("ITBD"::equals).isPresent());
  }

  private static Optional<Element> balance(Element report, String type) {
    return report.all("Bal").stream()
        .filter(b -> b.textAt("Tp", "CdOrPrtry", "Cd").filter(type::equals).isPresent())
        .findFirst();
  }

  private static void requireSummary(Element summary, List<Listed> booked, List<Listed> others) {
    List<Listed> all = Stream.concat(booked.stream(), others.stream()).toList();
    for (String part : List.of("TtlNtries", "TtlCdtNtries", "TtlDbtNtries")) {
      Optional<Element> total = summary.at(part);
      if (total.isEmpty()) {
        continue;
      }
      requireTotal(total.get(), "NbOfNtries", number(part, booked), number(part, all));
      requireTotal(total.get(), "Sum", sum(part, booked), sum(part, all));
    }
  }

  /** Some banks sum what is booked, others all that they list. */
  private static void requireTotal(Element total, String what, long booked, long all) {
    Optional<Element> given = total.at(what);
    if (given.isEmpty()) {
      return;
    }
    boolean sum = what.equals("Sum");
    long said = sum ? magnitude(given.get()) : count(given.get());
    if (said != booked && said != all) {
      throw rule(
          sum ? "SUMS_DO_NOT_ADD_UP" : "COUNTS_DO_NOT_ADD_UP",
          given.get(),
          total.name() + "/" + what,
          Problem.shown(given.get().text()),
          "the summary says %s and the entries come to %s"
              .formatted(Problem.shown(given.get().text()), sum ? euros(all) : Long.toString(all)),
          ASK_THE_BANK);
    }
  }

  private static boolean counts(String part, Listed one) {
    return switch (part) {
      case "TtlCdtNtries" -> one.credit();
      case "TtlDbtNtries" -> !one.credit();
      default -> true;
    };
  }

  private static long number(String part, List<Listed> entries) {
    return entries.stream().filter(one -> counts(part, one)).count();
  }

  private static long sum(String part, List<Listed> entries) {
    return entries.stream()
        .filter(one -> counts(part, one))
        .mapToLong(one -> Math.abs(one.cents()))
        .reduce(0, Math::addExact);
  }
}
