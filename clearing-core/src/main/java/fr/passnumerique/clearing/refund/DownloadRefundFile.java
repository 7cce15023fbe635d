package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Command;

/** Keeps that an order's file is handed out. The components are those of the fact. */
record DownloadRefundFile(RefundOrderId order, String by, String messageId, String sha256)
    implements Command<RefundFileDownloaded> {}
