package fr.passnumerique.ui.payee;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.clearing.payee.PayeeAccounts;
import fr.passnumerique.clearing.payee.Reopening;
import fr.passnumerique.clearing.payee.VenueAccountProposed.Proposer;
import fr.passnumerique.ui.words.Address;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The account that somebody is paid to, and the one that waits for a second person. Which account
 * is confirmed or dropped stands in the address: another one that is proposed meanwhile is not
 * confirmed by a page that showed the first.
 *
 * @param id of the venue or funder
 * @param inForce null if it is paid nowhere
 * @param proposed null if none waits
 * @param closedOn when the bank closed the one that was in force; null if it did not
 * @param closedWhy ISO 20022; empty if it did not
 * @param propose address that proposes another; null if that is not the reader's
 */
record AccountSheet(
    PaidOut whose,
    String id,
    String name,
    @Nullable Account inForce,
    @Nullable Account proposed,
    @Nullable LocalDate closedOn,
    String closedWhy,
    @Nullable String propose) {

  /**
   * @param ends of the IBAN, which is shown to nobody whole
   * @param by who proposed it; empty if nobody knows
   * @param reopening why, although the bank closed it; empty if it did not
   * @param confirm address that confirms it; null if that is not the reader's, or it proposed it
   * @param drop address that refuses it, or takes it back; null if that is not the reader's
   */
  record Account(
      String ends,
      String holder,
      String by,
      boolean own,
      String reopening,
      @Nullable String confirm,
      @Nullable String drop) {}

  static AccountSheet of(
      PaidOut whose,
      String id,
      String name,
      PayeeAccountEndpoint.Accounting accounting,
      UnaryOperator<String> logins,
      Actor reader) {
    boolean acts = reader.role() == Role.CLERK || reader.role() == Role.VENUE;
    return new AccountSheet(
        whose,
        id,
        name,
        accounting.inForce().map(open -> account(open, logins, reader, null, null)).orElse(null),
        accounting
            .proposed()
            .map(
                pending -> {
                  String account = pending.account().value();
                  boolean own = pending.proposedBy().equals(reader.account());
                  return account(
                      pending,
                      logins,
                      reader,
                      reader.role() == Role.CLERK && !own
                          ? Address.of(whose.page() + "/{account}/confirmation", id, account)
                          : null,
                      acts ? Address.of(whose.page() + "/{account}/refus", id, account) : null);
                })
            .orElse(null),
        accounting.closed().map(closed -> closed.on()).orElse(null),
        accounting.closed().map(closed -> closed.reason()).orElse(""),
        acts && accounting.proposed().isEmpty()
            ? Address.of(whose.page() + "/proposition", id)
            : null);
  }

  public String page() {
    return Address.of(whose.page(), id);
  }

  /** A venue is told whether it was one of its own, and not who. */
  private static Account account(
      PayeeAccounts.Shown shown,
      UnaryOperator<String> logins,
      Actor reader,
      @Nullable String confirm,
      @Nullable String drop) {
    boolean own = shown.proposedBy().equals(reader.account());
    return new Account(
        shown.ibanEnds(),
        shown.holder(),
        Optional.of(shown.proposedBy())
            .filter(by -> !by.isEmpty())
            .map(by -> own || reader.role() != Role.VENUE ? logins.apply(by) : words(shown))
            .orElse(""),
        own,
        shown.reopening().map(AccountSheet::words).orElse(""),
        confirm,
        drop);
  }

  private static String words(PayeeAccounts.Shown shown) {
    return shown.proposer().filter(Proposer.VENUE::equals).isPresent()
        ? "un autre compte du lieu"
        : "l’opérateur";
  }

  static String words(Reopening reopening) {
    return switch (reopening) {
      case OPEN_AGAIN -> "Sa banque l’a rouvert : un nouveau RIB le montre";
      case BANK_WAS_WRONG -> "La banque dit s’être trompée";
      case ANOTHER_CAUSE -> "Le virement a échoué pour une autre raison que le compte";
    };
  }
}
