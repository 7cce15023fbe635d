package fr.passnumerique.clearing.bank;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What stands in an element of the bank's, read strictly: amounts, directions, days, codes, names;
 * and how a file is refused that has none, or another than it may.
 */
final class BankValues {
  static final String ASK_THE_BANK =
      "nothing was recorded; download the file again, and ask the bank if it is the same";

  /** What banks write who have nothing to write. */
  private static final Set<String> NO_REFERENCE =
      Set.of("NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOREF", "NONE", "0");

  private static final Pattern AMOUNT = Pattern.compile("\\+?(\\d{1,15}(\\.\\d{0,18})?|\\.\\d+)");
  private static final Pattern NEGATIVE = Pattern.compile("-\\s*[\\d.]+");
  private static final Pattern DAY =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(Z|[+-]\\d{2}:\\d{2})?");
  private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
  private static final Pattern REASON = Pattern.compile("[A-Z0-9]{4}");
  private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

  private BankValues() {}

  static boolean isReason(String text) {
    return REASON.matcher(text).matches();
  }

  static Optional<String> reference(Element in, String name) {
    return in.textAt(name).filter(text -> !NO_REFERENCE.contains(text.toUpperCase(Locale.ROOT)));
  }

  /** An identifier that is kept: the bank's, of at most 35 characters. */
  static String text(Element element) {
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
  static long signed(Element of) {
    long cents = cents(required(of, "Amt"));
    return isCredit(required(of, "CdtDbtInd")) ? cents : -cents;
  }

  static boolean isCredit(Element direction) {
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

  static long cents(Element amount) {
    requireEuro(amount, amount.currency());
    return magnitude(amount);
  }

  static void requireEuro(Element place, String currency) {
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

  static long magnitude(Element amount) {
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

  static long count(Element number) {
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
  static LocalDate day(Element choice) {
    return date(
        choice.at("Dt").or(() -> choice.at("DtTm")).orElseThrow(() -> missing(choice, "Dt")));
  }

  static LocalDate date(Element element) {
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
  static LocalDate moment(Element element) {
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

  static String euros(long cents) {
    return new Cents(cents).inEnglish();
  }

  // --- refusals

  static Element required(Element in, String child) {
    return in.at(child).orElseThrow(() -> missing(in, child));
  }

  static Problem missing(Element in, String child) {
    return bad(
        "ELEMENT_MISSING",
        in,
        "",
        "%s has no %s".formatted(in.name(), child),
        "ask the bank for whole messages");
  }

  static Problem bad(String code, Element at, String value, String message, String remedy) {
    return refused(400, code, at, at.name(), value, message, remedy);
  }

  static Problem rule(
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
