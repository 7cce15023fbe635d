package fr.passnumerique.ui.funds;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** An agreement's funders, and what a clerk does with their money, from its page. */
public final class AgreementFunds {
  private static final String AGREEMENT = "/conventions/{agreementId}";
  static final String CALL = AGREEMENT + "/appel";
  static final String RECEIPT = AGREEMENT + "/versement";
  static final String TRANSFER = AGREEMENT + "/transfert";
  static final String GIVE_BACK = AGREEMENT + "/restitution";

  private final CallsQuery called;
  private final LedgerReader ledger;
  private final Supplier<Names> names;

  AgreementFunds(CallsQuery called, LedgerReader ledger, Supplier<Names> names) {
    this.called = called;
    this.ledger = ledger;
    this.names = names;
  }

  /** What a clerk does for an agreement, from its page. */
  public static List<ThingActs.Act> acts(String agreement, Actor reader) {
    return reader.role() == Role.CLERK
        ? List.of(
            new ThingActs.Act("Appeler des fonds", Address.of(CALL, agreement)),
            new ThingActs.Act("Saisir un versement", Address.of(RECEIPT, agreement)),
            new ThingActs.Act("Transférer des fonds libres", Address.of(TRANSFER, agreement)),
            new ThingActs.Act("Rendre des fonds libres", Address.of(GIVE_BACK, agreement)))
        : List.of();
  }

  static String page(AgreementId agreement) {
    return Address.of(AGREEMENT, agreement);
  }

  /** What its funders were asked for, and have paid. */
  CallsQuery.CallsForFunds of(AgreementId agreement, Actor reader) {
    return called.all(reader, agreement, null);
  }

  /**
   * @param told what to say of each, beside its name; empty for nothing
   */
  List<Field.Choice> funders(
      CallsQuery.CallsForFunds now, Function<CallsQuery.ShareRow, String> told) {
    Names known = names.get();
    return now.shares().stream()
        .map(
            share -> {
              String name = known.funder(share.funder());
              String words = told.apply(share);
              return new Field.Choice(share.funder(), words.isEmpty() ? name : name + ", " + words);
            })
        .toList();
  }

  /**
   * The agreements that a funder of this one pays for too, each with who that is.
   *
   * @param here of this one
   */
  List<Field.Choice> payingFor(List<CallsQuery.ShareRow> here, Actor reader) {
    Names known = names.get();
    Set<String> payers = here.stream().map(CallsQuery.ShareRow::funder).collect(Collectors.toSet());
    Map<String, String> others =
        called.all(reader, null, null).shares().stream()
            .filter(share -> payers.contains(share.funder()))
            .collect(
                Collectors.groupingBy(
                    CallsQuery.ShareRow::agreement,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        share -> known.funder(share.funder()), Collectors.joining(", "))));
    return others.entrySet().stream()
        .map(each -> new Field.Choice(each.getKey(), each.getKey() + ", " + each.getValue()))
        .toList();
  }

  String funder(FunderId funder) {
    return funder(funder.value());
  }

  String funder(String funder) {
    return names.get().funder(funder);
  }

  /** The operation would say so too, but only once there is something to send to it. */
  void requireTold(String tag) {
    if (ledger.tagged(tag).isEmpty()) {
      throw Problem.notFound(tag);
    }
  }

  static String told(boolean already, String done) {
    return already ? "C’était déjà enregistré : rien n’est fait deux fois." : done;
  }
}
