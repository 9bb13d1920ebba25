package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query.
 *
 * @param rows what was found; may be empty although more follows
 * @param token where the service goes on; null at the end
 * @param date the service's clock when it answered, as it states it
 */
record Slice(List<TableEntity> rows, @Nullable String token, @Nullable String date) {}
