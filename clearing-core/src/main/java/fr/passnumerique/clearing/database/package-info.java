/**
 * The PostgreSQL under everything: a server of the operator's, or one that the first start unpacks
 * into the {@linkplain fr.passnumerique.clearing.database.DataDirectory data directory}. Both get
 * the same migrations, the same roles and the same connections.
 */
@NullMarked
package fr.passnumerique.clearing.database;

import org.jspecify.annotations.NullMarked;
