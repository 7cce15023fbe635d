package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.PaymentReferences.Agreement;
import fr.passnumerique.clearing.bank.PaymentReferences.Share;
import fr.passnumerique.clearing.funding.FunderId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whose money the credits of one file are, by what is written beside them.
 *
 * <p>An assigned reference decides. Without one, the identifier of an agreement does, if its funder
 * is the only one, or is named too. Two answers are none.
 */
final class NamedShares {
  private final PaymentReferences references;
  private final KnownWords assigned;
  private final KnownWords agreements;

  /**
   * @param references as they stand while the file is read
   */
  NamedShares(PaymentReferences references) {
    this.references = references;
    this.assigned = new KnownWords(references.assigned());
    this.agreements = new KnownWords(references.agreementWords());
  }

  /** The assigned reference that this credit carries; empty if it carries none, or several. */
  Optional<String> assignedIn(Payment payment) {
    return PaymentReferences.oneOf(assigned, payment);
  }

  /** The share that this credit pays: none, one, or several that it could pay. */
  Set<Share> of(Payment payment) {
    List<String> texts = PaymentReferences.texts(payment);
    Set<Share> named = new LinkedHashSet<>();
    for (String reference : assigned.longestIn(texts)) {
      named.add(Objects.requireNonNull(references.assigned(reference)));
    }
    if (named.isEmpty()) {
      for (String words : agreements.longestIn(texts)) {
        Agreement agreement = Objects.requireNonNull(references.agreementOf(words));
        funders(agreement, payment, texts)
            .forEach(funder -> named.add(new Share(agreement.id(), funder)));
      }
    }
    return named;
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
                    references.isNameOf(payment.counterparty(), funder)
                        || texts.stream()
                            .anyMatch(
                                text ->
                                    PaymentReferences.has(
                                        text, PaymentReferences.words(funder.value()))))
            .toList();
    return named.isEmpty() ? all : named;
  }
}
