package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.PaymentReferences.Share;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundsReceived;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Receipts that clerks recorded by hand and the bank has not shown, as the credits of one file
 * prove them: each once, to the cent. Of several the nearest in time, then the first by identifier.
 */
final class ReceiptsByHand {
  /** A clerk who copies from the bank's site may take the booking date or the day before it. */
  private static final int DAYS_APART = 5;

  /** By identifier. */
  private final Map<String, FundsReceived> open = new HashMap<>();

  /** By the words of their identifiers. */
  private final Map<String, List<FundsReceived>> byWords = new HashMap<>();

  private final KnownWords words;

  /** Each day's by identifier. */
  private final Map<Paid, SortedMap<String, FundsReceived>> byDay = new HashMap<>();

  /** What a payment says by itself of a receipt. */
  private record Paid(Share share, long cents, LocalDate valueOn) {
    private static Paid by(FundsReceived receipt) {
      return new Paid(
          new Share(receipt.agreement(), receipt.funder()),
          receipt.amountCents(),
          receipt.valueDate());
    }
  }

  ReceiptsByHand(BankRegister register) {
    for (FundsReceived receipt : register.unproved()) {
      String id = receipt.receipt().value();
      open.put(id, receipt);
      byWords.computeIfAbsent(PaymentReferences.words(id), _ -> new ArrayList<>(1)).add(receipt);
      byDay.computeIfAbsent(Paid.by(receipt), _ -> new TreeMap<>()).put(id, receipt);
    }
    this.words = new KnownWords(byWords.keySet());
  }

  /** That a credit names. */
  Optional<FundsReceived> named(Payment payment, BankEntry entry) {
    Stream<String> identifiers =
        Stream.of(
                entry.reference().stream(),
                payment.endToEnd().stream(),
                payment.references().stream())
            .flatMap(each -> each);
    return Stream.concat(
            identifiers.flatMap(id -> Optional.ofNullable(open.get(id)).stream()),
            words.in(List.of(PaymentReferences.words(payment.text()))).stream()
                .flatMap(found -> byWords.getOrDefault(found, List.of()).stream()))
        .filter(receipt -> open.containsKey(receipt.receipt().value()))
        .filter(receipt -> receipt.amountCents() == payment.cents())
        .min(
            Comparator.comparingLong(
                    (FundsReceived receipt) ->
                        Math.abs(ChronoUnit.DAYS.between(receipt.valueDate(), entry.valueOn())))
                .thenComparing(receipt -> receipt.receipt().value()));
  }

  /** Of a share that a credit pays. */
  Optional<FundsReceived> of(Share share, Payment payment, BankEntry entry) {
    for (int days = 0; days <= DAYS_APART; days++) {
      Optional<FundsReceived> nearest =
          Stream.of(entry.valueOn().minusDays(days), entry.valueOn().plusDays(days))
              .map(day -> byDay.get(new Paid(share, payment.cents(), day)))
              .flatMap(Stream::ofNullable)
              .flatMap(those -> those.values().stream().limit(1))
              .min(Comparator.comparing(receipt -> receipt.receipt().value()));
      if (nearest.isPresent()) {
        return nearest;
      }
    }
    return Optional.empty();
  }

  /** A credit has proved it: no other does. */
  void take(FundsReceived receipt) {
    open.remove(receipt.receipt().value());
    byDay.getOrDefault(Paid.by(receipt), new TreeMap<>()).remove(receipt.receipt().value());
  }
}
