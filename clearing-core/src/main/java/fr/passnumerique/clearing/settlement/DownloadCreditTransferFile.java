package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Command;

/** Keeps that a run's file is handed out. The components are those of the fact. */
record DownloadCreditTransferFile(SettlementRunId run, String by, String messageId, String sha256)
    implements Command<CreditTransferFileDownloaded> {}
