package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Command;

/** Lists a refused file for a clerk, once. */
record NoteRefusedFile(String file, String code, int line, String by)
    implements Command<BankFileRefused> {}
