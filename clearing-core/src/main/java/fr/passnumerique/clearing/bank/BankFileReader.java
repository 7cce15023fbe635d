package fr.passnumerique.clearing.bank;

import static java.util.function.Predicate.not;

import fr.passnumerique.clearing.bank.BankFile.Balances;
import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.BankFile.Report;
import fr.passnumerique.clearing.bank.BankFile.Status;
import fr.passnumerique.clearing.bank.BankXml.Element;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.territory.Paris;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a file of the bank says, from its XML: camt.053 and camt.054 (versions 02 and 08), pain.002
 * (versions 03 and 10). The versions differ in where a name or a code stands; both places are
 * looked at.
 *
 * <p>Strict in what is counted (amounts, signs, dates, currency, sums, whose account it is), blind
 * to everything else.
 */
final class BankFileReader {
  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:";
  private static final Set<String> STATEMENTS = Set.of("camt.053.001.02", "camt.053.001.08");
  private static final Set<String> NOTIFICATIONS = Set.of("camt.054.001.02", "camt.054.001.08");
  private static final Set<String> STATUSES = Set.of("pain.002.001.03", "pain.002.001.10");

  /** What banks write who have nothing to write. */
  private static final Set<String> NO_REFERENCE =
      Set.of("NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOREF", "NONE", "0");

  private static final Pattern AMOUNT = Pattern.compile("\\+?(\\d{1,15}(\\.\\d{0,18})?|\\.\\d+)");
  private static final Pattern NEGATIVE = Pattern.compile("-\\s*[\\d.]+");
  private static final Pattern DAY =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(Z|[+-]\\d{2}:\\d{2})?");
  private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
  private static final Pattern PAGE = Pattern.compile("\\d{1,5}");
  private static final Pattern REASON = Pattern.compile("[A-Z0-9]{4}");
  private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

  private static final String ASK_THE_BANK =
      "nothing was recorded; download the file again, and ask the bank if it is the same";

  private final String iban;

  /**
   * @param iban of the ring-fenced account, letters and digits only
   */
  BankFileReader(String iban) {
    this.iban = iban;
  }

  /**
   * @throws Problem 400 for what cannot be read, 422 for what is not ours or does not add up
   */
  BankFile read(byte[] bytes) {
    BankXml.Document document = BankXml.read(bytes);
    String message =
        document.namespace().startsWith(NAMESPACE)
            ? document.namespace().substring(NAMESPACE.length())
            : "";
    Element root = document.root();
    if (root.name().equals("Document")) {
      if (STATEMENTS.contains(message)) {
        return reports(message, required(root, "BkToCstmrStmt"), "Stmt", true);
      }
      if (NOTIFICATIONS.contains(message)) {
        return reports(message, required(root, "BkToCstmrDbtCdtNtfctn"), "Ntfctn", false);
      }
      if (STATUSES.contains(message)) {
        return statuses(message, required(root, "CstmrPmtStsRpt"));
      }
    }
    throw bad(
        "UNKNOWN_MESSAGE",
        root,
        Problem.shown(document.namespace()),
        "the file is none of camt.053.001.02, camt.053.001.08, camt.054.001.02, camt.054.001.08,"
            + " pain.002.001.03 and pain.002.001.10",
        "ask the bank for one of these messages");
  }

  // --- statements and notifications

  private BankFile reports(String message, Element body, String each, boolean statement) {
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
    List<Booking> others = new ArrayList<>();
    for (Element entry : report.all("Ntry")) {
      Booking booking = booking(entry);
      if (status(entry).equals("BOOK")) {
        bookings.add(booking);
      } else {
        others.add(booking);
      }
    }
    report.at("TxsSummry").ifPresent(summary -> requireSummary(summary, bookings, others));
    Optional<Balances> balances =
        statement ? Optional.of(balances(report, bookings)) : Optional.empty();
    return new Report(
        report.line(),
        withoutAccount(text(required(report, "Id"))),
        report
            .textAt("ElctrncSeqNb")
            .or(() -> report.textAt("LglSeqNb"))
            .filter(number -> COUNT.matcher(number).matches())
            .map(Long::parseLong),
        page(report),
        balances,
        List.copyOf(bookings),
        others.size());
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
            .map(BankFileReader::date)
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

  private static Booking booking(Element entry) {
    long cents = signed(entry);
    LocalDate bookedOn =
        entry
            .at("BookgDt")
            .or(() -> entry.at("ValDt"))
            .map(BankFileReader::day)
            .orElseThrow(() -> missing(entry, "BookgDt"));
    LocalDate valueOn = entry.at("ValDt").map(BankFileReader::day).orElse(bookedOn);
    boolean reversal = entry.textAt("RvslInd").filter(text -> text.matches("true|1")).isPresent();
    List<Element> details = new ArrayList<>();
    for (Element group : entry.all("NtryDtls")) {
      List<Element> these = group.all("TxDtls");
      group.at("Btch").ifPresent(batch -> requireCount(batch, these.size()));
      details.addAll(these);
    }
    Optional<List<Long>> amounts = amounts(entry, details, cents);
    List<Payment> payments = new ArrayList<>();
    for (int i = 0; i < details.size() && amounts.isPresent(); i++) {
      payments.add(payment(entry, details.get(i), amounts.get().get(i)));
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
      boolean credit = detail.at("CdtDbtInd").map(BankFileReader::isCredit).orElse(cents >= 0);
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
                details.textAt("RtrInf", "Rsn", "Cd").filter(BankFileReader::isReason).orElse(""))
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

  private static void requireSummary(
      Element summary, List<Booking> bookings, List<Booking> others) {
    List<Booking> all = Stream.concat(bookings.stream(), others.stream()).toList();
    for (String part : List.of("TtlNtries", "TtlCdtNtries", "TtlDbtNtries")) {
      Optional<Element> total = summary.at(part);
      if (total.isEmpty()) {
        continue;
      }
      requireTotal(total.get(), "NbOfNtries", count(part, bookings), count(part, all));
      requireTotal(total.get(), "Sum", sum(part, bookings), sum(part, all));
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

  private static boolean counts(String part, Booking booking) {
    return switch (part) {
      case "TtlCdtNtries" -> booking.cents() >= 0;
      case "TtlDbtNtries" -> booking.cents() < 0;
      default -> true;
    };
  }

  private static long count(String part, List<Booking> bookings) {
    return bookings.stream().filter(b -> counts(part, b)).count();
  }

  private static long sum(String part, List<Booking> bookings) {
    return bookings.stream()
        .filter(b -> counts(part, b))
        .mapToLong(b -> Math.abs(b.cents()))
        .reduce(0, Math::addExact);
  }

  // --- status of payments

  private static BankFile statuses(String message, Element body) {
    Element header = required(body, "GrpHdr");
    LocalDate on = moment(required(header, "CreDtTm"));
    Element group = required(body, "OrgnlGrpInfAndSts");
    Optional<String> original = group.textAt("OrgnlMsgId");
    List<Status> statuses = new ArrayList<>();
    boolean specific = false;
    for (Element instruction : body.all("OrgnlPmtInfAndSts")) {
      List<Element> payments = instruction.all("TxInfAndSts");
      List<Status> these = new ArrayList<>(payments.size());
      for (Element payment : payments) {
        these.add(status(payment, instruction, group, original, on));
      }
      requireCounts(instruction, these);
      statuses.addAll(these);
      Optional<String> code = instruction.textAt("PmtInfSts").filter(not("PART"::equals));
      if (code.isPresent()) {
        specific = true;
        statuses.add(
            new Status(
                instruction.line(),
                original,
                instruction.textAt("OrgnlPmtInfId"),
                Optional.empty(),
                code.get(),
                reason(instruction).or(() -> reason(group)),
                instruction.at("OrgnlCtrlSum").map(BankFileReader::magnitude),
                on));
      }
    }
    Optional<String> code = group.textAt("GrpSts").filter(not("PART"::equals));
    if (code.isPresent() && !specific) {
      statuses.add(
          new Status(
              group.line(),
              original,
              Optional.empty(),
              Optional.empty(),
              code.get(),
              reason(group),
              group.at("OrgnlCtrlSum").map(BankFileReader::magnitude),
              on));
    }
    if (statuses.isEmpty()) {
      throw missing(group, "GrpSts, PmtInfSts or TxSts");
    }
    statuses.forEach(status -> requireCode(group, status.code()));
    return new BankFile(
        message, text(required(header, "MsgId")), on, List.of(), List.copyOf(statuses));
  }

  private static Status status(
      Element payment,
      Element instruction,
      Element group,
      Optional<String> original,
      LocalDate createdOn) {
    String code =
        payment
            .textAt("TxSts")
            .or(() -> instruction.textAt("PmtInfSts"))
            .or(() -> group.textAt("GrpSts"))
            .filter(not("PART"::equals))
            .orElseThrow(() -> missing(payment, "TxSts"));
    return new Status(
        payment.line(),
        original,
        instruction.textAt("OrgnlPmtInfId"),
        Optional.of(
            reference(payment, "OrgnlEndToEndId")
                .or(() -> reference(payment, "OrgnlInstrId"))
                .orElseThrow(() -> missing(payment, "OrgnlEndToEndId"))),
        code,
        reason(payment).or(() -> reason(instruction)).or(() -> reason(group)),
        payment.at("OrgnlTxRef", "Amt", "InstdAmt").map(BankFileReader::cents),
        payment.at("AccptncDtTm").map(BankFileReader::moment).orElse(createdOn));
  }

  /**
   * A bank may list the rejected payments only: a status of which none is listed is not counted.
   */
  private static void requireCounts(Element instruction, List<Status> listed) {
    for (Element total : instruction.all("NbOfTxsPerSts")) {
      String code = total.textAt("DtldSts").orElse("");
      List<Status> these = listed.stream().filter(s -> s.code().equals(code)).toList();
      Optional<Element> count = total.at("DtldNbOfTxs");
      if (!these.isEmpty() && count.isPresent() && count(count.get()) != these.size()) {
        throw rule(
            "COUNTS_DO_NOT_ADD_UP",
            count.get(),
            "NbOfTxsPerSts/DtldNbOfTxs",
            Problem.shown(count.get().text()),
            "%s payments are said to be %s and %d are listed"
                .formatted(Problem.shown(count.get().text()), Problem.shown(code), these.size()),
            ASK_THE_BANK);
      }
      Optional<Element> sum = total.at("DtldCtrlSum");
      boolean known = !these.isEmpty() && these.stream().allMatch(s -> s.cents().isPresent());
      long cents = these.stream().mapToLong(s -> s.cents().orElse(0L)).reduce(0, Math::addExact);
      if (known && sum.isPresent() && magnitude(sum.get()) != cents) {
        throw rule(
            "SUMS_DO_NOT_ADD_UP",
            sum.get(),
            "NbOfTxsPerSts/DtldCtrlSum",
            Problem.shown(sum.get().text()),
            "the payments that are %s come to %s".formatted(Problem.shown(code), euros(cents)),
            ASK_THE_BANK);
      }
    }
  }

  private static void requireCode(Element group, String code) {
    if (!isReason(code)) {
      throw bad(
          "INVALID_VALUE",
          group,
          Problem.shown(code),
          "a status is a code of four capitals or digits such as ACSC",
          ASK_THE_BANK);
    }
  }

  private static Optional<String> reason(Element status) {
    return status
        .textAt("StsRsnInf", "Rsn", "Cd")
        .or(() -> status.textAt("StsRsnInf", "Rsn", "Prtry"))
        .filter(BankFileReader::isReason);
  }

  static boolean isReason(String text) {
    return REASON.matcher(text).matches();
  }

  // --- values

  private static Optional<String> reference(Element in, String name) {
    return in.textAt(name).filter(text -> !NO_REFERENCE.contains(text.toUpperCase(Locale.ROOT)));
  }

  /** An identifier that is kept: the bank's, of at most 35 characters. */
  private static String text(Element element) {
    String text = element.text();
    if (text.isEmpty() || text.length() > 35 || text.chars().anyMatch(Character::isISOControl)) {
      throw bad(
          "INVALID_VALUE",
          element,
          Problem.shown(text),
          "an identifier has 1 to 35 characters on one line",
          ASK_THE_BANK);
    }
    return text;
  }

  /** Amount and direction; above zero if money came in. */
  private static long signed(Element of) {
    long cents = cents(required(of, "Amt"));
    return isCredit(required(of, "CdtDbtInd")) ? cents : -cents;
  }

  private static boolean isCredit(Element direction) {
    return switch (direction.text()) {
      case "CRDT" -> true;
      case "DBIT" -> false;
      default ->
          throw bad(
              "INVALID_VALUE",
              direction,
              Problem.shown(direction.text()),
              "a direction is CRDT or DBIT",
              ASK_THE_BANK);
    };
  }

  private static long cents(Element amount) {
    requireEuro(amount, amount.currency());
    return magnitude(amount);
  }

  private static void requireEuro(Element place, String currency) {
    if (!currency.equals("EUR")) {
      throw rule(
          "WRONG_CURRENCY",
          place,
          place.name(),
          Problem.shown(currency),
          "the ring-fenced account is in EUR, the file says %s"
              .formatted(currency.isEmpty() ? "no currency" : Problem.shown(currency)),
          "send the files of the ring-fenced account only");
    }
  }

  private static long magnitude(Element amount) {
    String text = amount.text();
    if (NEGATIVE.matcher(text).matches()) {
      throw bad(
          "INVALID_VALUE",
          amount,
          Problem.shown(text),
          "an amount has no sign, CdtDbtInd tells its direction",
          ASK_THE_BANK);
    }
    try {
      if (AMOUNT.matcher(text).matches()) {
        long cents = new BigDecimal(text).movePointRight(2).longValueExact();
        if (cents <= 10_000_000_000_000L) {
          return cents;
        }
      }
    } catch (ArithmeticException _) {
      // Parts of a cent: told below.
    }
    throw bad(
        "INVALID_VALUE",
        amount,
        Problem.shown(text),
        "an amount is euros with at most two decimals, up to 100 billion",
        ASK_THE_BANK);
  }

  private static long count(Element number) {
    if (!COUNT.matcher(number.text()).matches()) {
      throw bad(
          "INVALID_VALUE",
          number,
          Problem.shown(number.text()),
          "a number of entries is digits",
          ASK_THE_BANK);
    }
    return Long.parseLong(number.text());
  }

  /** {@code <BookgDt><Dt>} or {@code <DtTm>}. */
  private static LocalDate day(Element choice) {
    return date(
        choice.at("Dt").or(() -> choice.at("DtTm")).orElseThrow(() -> missing(choice, "Dt")));
  }

  private static LocalDate date(Element element) {
    return element.text().length() > 16 ? moment(element) : plainDay(element);
  }

  private static LocalDate plainDay(Element element) {
    var matcher = DAY.matcher(element.text());
    try {
      if (matcher.matches()) {
        return inRange(element, LocalDate.parse(matcher.group(1)));
      }
    } catch (DateTimeException _) {
      // No such day: told below.
    }
    throw invalidDate(element);
  }

  /** The day in Paris; a moment without a zone is local already. */
  private static LocalDate moment(Element element) {
    String text = element.text();
    try {
      boolean zoned = text.matches(".*(Z|[+-]\\d{2}:\\d{2})");
      return inRange(
          element,
          zoned
              ? OffsetDateTime.parse(text).atZoneSameInstant(Paris.ZONE).toLocalDate()
              : LocalDateTime.parse(text).toLocalDate());
    } catch (DateTimeException _) {
      throw invalidDate(element);
    }
  }

  private static LocalDate inRange(Element element, LocalDate day) {
    if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
      throw invalidDate(element);
    }
    return day;
  }

  private static Problem invalidDate(Element element) {
    return bad(
        "INVALID_VALUE",
        element,
        Problem.shown(element.text()),
        "a date is a day between %s and %s such as 2026-04-01".formatted(FIRST_DAY, LAST_DAY),
        ASK_THE_BANK);
  }

  private static String euros(long cents) {
    return new Cents(cents).inEnglish();
  }

  // --- refusals

  private static Element required(Element in, String child) {
    return in.at(child).orElseThrow(() -> missing(in, child));
  }

  private static Problem missing(Element in, String child) {
    return bad(
        "ELEMENT_MISSING",
        in,
        "",
        "%s has no %s".formatted(in.name(), child),
        "ask the bank for whole messages");
  }

  private static Problem bad(String code, Element at, String value, String message, String remedy) {
    return refused(400, code, at, at.name(), value, message, remedy);
  }

  private static Problem rule(
      String code, Element at, String field, String value, String message, String remedy) {
    return refused(422, code, at, field, value, message, remedy);
  }

  private static Problem refused(
      int status,
      String code,
      Element at,
      String field,
      String value,
      String message,
      String remedy) {
    return new Problem(
        status,
        code,
        "line %d: %s; %s".formatted(at.line(), message, remedy),
        List.of(new Fault(at.line(), field, value, message, remedy)));
  }
}
