package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.funding.AgreementAmended;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.money.CreditorReference;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What payers may write beside their money, and whose it then is: {@link NamedShares}. */
final class PaymentReferences {
  /** Shorter words are met by accident. */
  private static final int SHORTEST = 4;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private final Map<String, Share> assigned = new HashMap<>();
  private final Map<AgreementId, Agreement> agreements = new HashMap<>();

  /** By the words of its identifier. */
  private final Map<String, Agreement> byWords = new HashMap<>();

  private final Map<FunderId, String> names = new HashMap<>();

  /** One funder's share of one agreement. */
  record Share(AgreementId agreement, FunderId funder) {}

  /**
   * @param funders whose cash may stand under it: under any version of its terms, or advanced
   */
  record Agreement(AgreementId id, ProgrammeId programme, Set<FunderId> funders) {}

  void fold(Fact fact) {
    switch (fact) {
      case FunderRegistered f -> names.put(f.funder(), words(f.name()));
      case AgreementSigned f -> {
        Agreement signed = new Agreement(f.agreement(), f.programme(), new LinkedHashSet<>());
        agreements.put(f.agreement(), signed);
        byWords.put(words(f.agreement().value()), signed);
        addFunders(f);
      }
      case AgreementAmended f -> addFunders(f);
      case PaymentReferenceAssigned f ->
          assigned.put(f.reference(), new Share(f.agreement(), f.funder()));
      default -> {}
    }
  }

  private void addFunders(AgreementTerms terms) {
    Set<FunderId> funders = Objects.requireNonNull(agreements.get(terms.agreement())).funders();
    for (AgreementSigned.Share share : terms.shares()) {
      funders.add(share.funder());
      share.preFinancier().ifPresent(funders::add);
    }
  }

  @Nullable Share assigned(String reference) {
    return assigned.get(reference);
  }

  @Nullable Agreement agreement(AgreementId agreement) {
    return agreements.get(agreement);
  }

  /** All that are assigned. */
  Set<String> assigned() {
    return assigned.keySet();
  }

  /** The words of the identifiers of all agreements. */
  Set<String> agreementWords() {
    return byWords.keySet();
  }

  /** Null if no agreement's identifier is of these words. */
  @Nullable Agreement agreementOf(String words) {
    return byWords.get(words);
  }

  /** Whether the funder goes by this name, however it is written. */
  boolean isNameOf(String name, FunderId funder) {
    return names.getOrDefault(funder, "").equals(words(name));
  }

  /** The one of these that this payment carries; empty if it carries none or several. */
  static Optional<String> oneOf(KnownWords references, Payment payment) {
    List<String> found = references.longestIn(texts(payment));
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** What is written beside a payment, in words. */
  static List<String> texts(Payment payment) {
    List<String> texts = new ArrayList<>();
    payment.references().forEach(reference -> texts.add(words(reference)));
    payment.endToEnd().ifPresent(reference -> texts.add(words(reference)));
    texts.add(words(payment.text()));
    return texts;
  }

  /** Whether these words are fewer letters than what is looked for. */
  static boolean isTooShort(String words) {
    return words.replace(" ", "").length() < SHORTEST;
  }

  /** Whether a text has these words. */
  static boolean has(String text, String words) {
    if (isTooShort(words)) {
      return false;
    }
    if ((" " + text + " ").contains(" " + words + " ")) {
      return true;
    }
    // Printed in groups of four; its check digits keep it from being met by accident.
    return CreditorReference.isOne(words) && text.replace(" ", "").contains(words);
  }

  /** Capital letters and digits without accents, in words parted by one space. */
  static String words(String text) {
    StringBuilder words = new StringBuilder(text.length());
    boolean between = false;
    for (char c : unaccented(text).toCharArray()) {
      char capital = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
      if (capital >= 'A' && capital <= 'Z' || capital >= '0' && capital <= '9') {
        words.append(between && !words.isEmpty() ? " " : "").append(capital);
        between = false;
      } else {
        between = true;
      }
    }
    return words.toString();
  }

  /** Most of what a bank writes is: asked a dozen times for each payment of a file. */
  private static String unaccented(String text) {
    return text.chars().allMatch(c -> c < 128)
        ? text
        : MARKS
            .matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
            .replaceAll("")
            .toUpperCase(Locale.ROOT);
  }
}
