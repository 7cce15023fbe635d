package fr.passnumerique.ui.search;

import fr.passnumerique.clearing.access.Role;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that can be looked for.
 *
 * @param text as it is printed
 */
record Example(String what, String text) {
  private static final Example CHEQUE =
      new Example("Un chèque, par son numéro ou son code", "00007-0001");
  private static final Example CARNET =
      new Example("Un carnet, par son lot et son rang", "00007/3");
  private static final Example SLIP = new Example("Un bordereau, par sa référence", "2026-11-A");
  private static final Example VENUE =
      new Example("Un lieu, par son SIRET ou son nom", "40109226700020");
  private static final Example TRANSFER =
      new Example("Un virement, par sa référence sur le relevé", "reglement-6-1");
  private static final Example NOTE = new Example("Une note de débit, par son numéro", "ND-2026-4");
  private static final Example AGREEMENT = new Example("Une convention", "convention-charente");
  private static final Example CALL =
      new Example("Un appel de fonds, par son numéro ou sa référence de paiement", "appel-16");
  private static final Example CREDIT = new Example("Un avoir, un versement", "commande-16~anct");

  static List<Example> of(Role role) {
    return switch (role) {
      case CLERK, AUDITOR ->
          Stream.concat(
                  Stream.of(CHEQUE, CARNET, SLIP, VENUE, TRANSFER, NOTE, AGREEMENT, CALL, CREDIT),
                  Stream.of(
                      new Example("Une commande, une livraison, une opposition", "commande-16"),
                      new Example("Un règlement", "reglement-6"),
                      new Example("Un fait, par sa position dans le registre", "1024")))
              .toList();
      case FUNDER -> List.of(CHEQUE, CARNET, AGREEMENT, CALL, CREDIT, VENUE);
      case VENUE -> List.of(CHEQUE, SLIP, TRANSFER, NOTE, VENUE);
      case PRESCRIBER -> List.of(CHEQUE, CARNET, VENUE);
    };
  }
}
