/**
 * The naive model: what DOMAIN's rules come to, one cheque at a time, in plain maps and lists.
 *
 * <p>It shares no code with the product and imports nothing of ours, or it would repeat its
 * mistakes. It is slow and forgetful of nothing: balances are not posted but counted anew from
 * where each cheque stands.
 */
@NullMarked
package fr.passnumerique.loadtest.model;

import org.jspecify.annotations.NullMarked;
