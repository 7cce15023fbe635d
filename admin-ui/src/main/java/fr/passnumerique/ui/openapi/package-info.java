/**
 * The HTTP API's own description: OpenAPI 3.1 at {@code /v3/api-docs}, from the endpoints
 * themselves.
 */
@NullMarked
package fr.passnumerique.ui.openapi;

import org.jspecify.annotations.NullMarked;
