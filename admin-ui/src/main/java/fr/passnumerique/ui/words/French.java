package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.territory.Paris;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How pages write amounts, numbers and dates: as French does, whatever the locale of the machine or
 * of the browser. Templates know it as {@code @french}.
 */
public final class French {
  private static final char NO_BREAK_SPACE = '\u00A0';
  private static final Pattern BLANKS = Pattern.compile("[ \u00A0\u202F]");
  private static final Pattern EUROS =
      Pattern.compile(
          "(?<euros>\\d{1,12}|\\d{1,3}([ \u00A0\u202F]\\d{3}){1,3})([,.](?<cents>\\d{1,2}))?["
              + " \u00A0\u202F]?€?");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.FRANCE)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("dd/MM/uuuu 'à' HH:mm", Locale.FRANCE).withZone(Paris.ZONE);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("dd/MM/uuuu 'à' HH:mm:ss", Locale.FRANCE).withZone(Paris.ZONE);

  private static final ResourceBundle DEPARTEMENTS =
      ResourceBundle.getBundle("fr.passnumerique.ui.words.departements", Locale.ROOT);

  /** {@code 1 234,50 €}, all of it on one line. */
  public String money(long cents) {
    return new Cents(cents).inFrench();
  }

  /**
   * Cents of an amount in euros as a person writes it: {@code 1 234,50}, {@code 1234.5}, {@code 12
   * €}; digits apart by threes or not at all.
   *
   * @return above 0; empty for anything else, more than two decimals included: what cannot be paid
   *     is not rounded
   */
  public static Optional<Long> cents(String written) {
    Matcher euros = EUROS.matcher(written.strip());
    if (!euros.matches()) {
      return Optional.empty();
    }
    String decimals = (Objects.requireNonNullElse(euros.group("cents"), "") + "00").substring(0, 2);
    long cents = Long.parseLong(BLANKS.matcher(euros.group("euros")).replaceAll("") + decimals);
    return cents > 0 ? Optional.of(cents) : Optional.empty();
  }

  /** {@code 1 234}. */
  public String count(long number) {
    var digits = new StringBuilder(Long.toString(Math.abs(number)));
    for (int thousands = digits.length() - 3; thousands > 0; thousands -= 3) {
      digits.insert(thousands, NO_BREAK_SPACE);
    }
    return (number < 0 ? "-" : "") + digits;
  }

  /** {@code 1 ligne}, {@code 42 lignes}; French counts 0 as singular. */
  public String counted(long number, String one, String several) {
    return count(number) + NO_BREAK_SPACE + (Math.abs(number) < 2 ? one : several);
  }

  /**
   * {@code 97,3 %}, rounded down: a hundred percent is all of it and nothing less.
   *
   * @return a dash if the whole is nothing
   */
  public String percent(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    BigDecimal percent =
        BigDecimal.valueOf(part)
            .scaleByPowerOfTen(2)
            .divide(BigDecimal.valueOf(whole), 1, RoundingMode.FLOOR);
    return percent.toPlainString().replace('.', ',') + NO_BREAK_SPACE + '%';
  }

  /** {@code 31/12/2026}; empty for none. */
  public String date(@Nullable LocalDate day) {
    return day == null ? "" : DATE.format(day);
  }

  /**
   * A day as a person or a file wrote it, for a date field: {@code 2026-12-31}; empty if it is
   * none.
   */
  public String isoDay(String written) {
    return day(written).map(LocalDate::toString).orElse("");
  }

  /** A day as a person or a file wrote it, in one form; what is no day stays as it is. */
  public String sameDay(String written) {
    return day(written).map(this::date).orElse(written);
  }

  /**
   * {@code 31/12/2026} or {@code 2026-12-31}, blanks around it left out; empty if it is neither.
   */
  public static Optional<LocalDate> day(String written) {
    for (DateTimeFormatter form : List.of(DateTimeFormatter.ISO_LOCAL_DATE, DATE)) {
      try {
        return Optional.of(LocalDate.parse(written.strip(), form));
      } catch (DateTimeParseException e) {
        continue;
      }
    }
    return Optional.empty();
  }

  /** {@code 31/12/2026 à 14:05}, the time in Paris; empty for none. */
  public String moment(@Nullable Instant instant) {
    return instant == null ? "" : MOMENT.format(instant);
  }

  /** {@code 31/12/2026 à 14:05:07,250000}, the time in Paris as precisely as facts are recorded. */
  public String precisely(Instant instant) {
    int micros = instant.get(ChronoField.MICRO_OF_SECOND);
    return SECOND.format(instant) + (micros == 0 ? "" : ",%06d".formatted(micros));
  }

  /** {@code Charente (16)}. */
  public static String departement(String inseeCode) {
    try {
      return DEPARTEMENTS.getString(inseeCode) + NO_BREAK_SPACE + '(' + inseeCode + ')';
    } catch (MissingResourceException e) {
      return inseeCode;
    }
  }

  public String role(Role role) {
    return switch (role) {
      case CLERK -> "Opérateur";
      case FUNDER -> "Financeur";
      case VENUE -> "Lieu de médiation";
      case PRESCRIBER -> "Prescripteur";
      case AUDITOR -> "Auditeur";
    };
  }
}
