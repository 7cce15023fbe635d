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
import org.jspecify.annotations.Nullable;

/**
 * Whose money a credit is, by what is written beside it.
 *
 * <p>An assigned reference decides. Without one, the identifier of an agreement does, if its funder
 * is the only one, or is named too. Two answers are none.
 */
final class PaymentReferences {
  /** Shorter words are met by accident. */
  private static final int SHORTEST = 4;

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

  /** The assigned reference that this credit carries; empty if it carries none, or several. */
  Optional<String> assignedIn(Payment payment) {
    return oneOf(assigned.keySet(), payment);
  }

  /** The one of these references that this credit carries; empty if it carries none or several. */
  static Optional<String> oneOf(Set<String> references, Payment payment) {
    List<String> found = longest(references, texts(payment));
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** The share that this credit pays: none, one, or several that it could pay. */
  Set<Share> sharesOf(Payment payment) {
    List<String> texts = texts(payment);
    Set<Share> named = new LinkedHashSet<>(longest(assigned, texts));
    if (named.isEmpty()) {
      for (Agreement agreement : longest(byWords, texts)) {
        funders(agreement, payment, texts)
            .forEach(funder -> named.add(new Share(agreement.id(), funder)));
      }
    }
    return named;
  }

  private static List<String> texts(Payment payment) {
    List<String> texts = new ArrayList<>();
    payment.references().forEach(reference -> texts.add(words(reference)));
    payment.endToEnd().ifPresent(reference -> texts.add(words(reference)));
    texts.add(words(payment.text()));
    return texts;
  }

  private List<FunderId> funders(Agreement agreement, Payment payment, List<String> texts) {
    List<FunderId> all = List.copyOf(agreement.funders());
    if (all.size() == 1) {
      return all;
    }
    List<FunderId> named =
        all.stream()
            .filter(
                funder ->
                    names.getOrDefault(funder, "").equals(words(payment.counterparty()))
                        || texts.stream().anyMatch(text -> has(text, words(funder.value()))))
            .toList();
    return named.isEmpty() ? all : named;
  }

  private static <T> List<T> longest(Map<String, T> byWords, List<String> texts) {
    return longest(byWords.keySet(), texts).stream()
        .map(found -> Objects.requireNonNull(byWords.get(found)))
        .toList();
  }

  /** The words that stand in a text, and not merely within longer ones that do. */
  private static List<String> longest(Set<String> known, List<String> texts) {
    List<String> found =
        known.stream()
            .filter(reference -> texts.stream().anyMatch(text -> has(text, reference)))
            .sorted()
            .toList();
    return found.stream()
        .filter(one -> found.stream().noneMatch(other -> !other.equals(one) && has(other, one)))
        .toList();
  }

  private static boolean has(String text, String words) {
    if (words.replace(" ", "").length() < SHORTEST) {
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
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}+", "")
        .toUpperCase(Locale.ROOT)
        .replaceAll("[^A-Z0-9]+", " ")
        .strip();
  }

  /** Whether this text names this identifier. */
  static boolean names(Payment payment, String identifier) {
    String words = words(identifier);
    return payment.endToEnd().filter(identifier::equals).isPresent()
        || payment.references().stream().anyMatch(identifier::equals)
        || has(words(payment.text()), words);
  }
}
