package dev.tokenlife.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.azure.data.tables.models.TableTransactionAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One table, one request per call. Everything but success is thrown as a {@link Fault}; nothing is
 * tried twice here. Safe for use by many threads.
 */
final class Table {
  /** The filter that every row passes. */
  static final String EVERYTHING = "";

  private final String name;
  private final TableClient client;
  private final Counter counter;

  Table(String name, TableClient client, Counter counter) {
    this.name = name;
    this.client = client;
    this.counter = counter;
  }

  String name() {
    return name;
  }

  /** Names a row for people. */
  String what(String operation, String partitionKey, String rowKey) {
    return operation + " of '" + rowKey + "' in partition '" + partitionKey + "' of table " + name;
  }

  /** Reads one row, or some columns of it; throws MISSING if there is none. */
  TableEntity get(Deadline deadline, String partitionKey, String rowKey, List<String> columns) {
    return send(
        counter.reads,
        new Wire(false),
        deadline.forRead(),
        context ->
            client
                .getEntityWithResponse(
                    partitionKey, rowKey, columns.isEmpty() ? null : columns, null, context)
                .getValue());
  }

  /** Adds a row and returns its ETag; throws EXISTS if there is one. */
  String insert(Deadline deadline, TableEntity entity) {
    Entities.check(name, entity);
    return send(
        counter.writes,
        new Wire(false),
        deadline.forWrite(),
        context -> etag(client.createEntityWithResponse(entity, null, context)));
  }

  /** Replaces a row that still has an ETag; throws PRECONDITION or MISSING. */
  String replace(Deadline deadline, TableEntity entity, String etag) {
    Entities.check(name, entity);
    TableEntity carrying = Etags.carry(entity, Etags.require(etag));
    return send(
        counter.writes,
        new Wire(true),
        deadline.forWrite(),
        context ->
            etag(
                client.updateEntityWithResponse(
                    carrying, TableEntityUpdateMode.REPLACE, true, null, context)));
  }

  /** Writes a row whatever is there, and returns its ETag. */
  String upsert(Deadline deadline, TableEntity entity) {
    Entities.check(name, entity);
    return send(
        counter.writes,
        new Wire(false),
        deadline.forWrite(),
        context ->
            etag(
                client.upsertEntityWithResponse(
                    entity, TableEntityUpdateMode.REPLACE, null, context)));
  }

  /** Removes a row that still has an ETag; throws PRECONDITION; a missing row is success. */
  void delete(Deadline deadline, String partitionKey, String rowKey, String etag) {
    TableEntity row = Etags.carry(new TableEntity(partitionKey, rowKey), Etags.require(etag));
    send(
        counter.writes,
        new Wire(true),
        deadline.forWrite(),
        context -> client.deleteEntityWithResponse(row, true, null, context));
  }

  /** Removes a row whatever it has become; a missing row is success. */
  void delete(Deadline deadline, String partitionKey, String rowKey) {
    TableEntity row = new TableEntity(partitionKey, rowKey);
    send(
        counter.writes,
        new Wire(false),
        deadline.forWrite(),
        context -> client.deleteEntityWithResponse(row, false, null, context));
  }

  /**
   * Does everything or nothing; throws the fault of the operation that failed.
   *
   * @return the ETags in the order of the operations, null for deletions; empty if the client hides
   *     them
   */
  List<@Nullable String> batch(Deadline deadline, List<Op> ops) {
    Batches.check(name, ops);
    List<TableTransactionAction> actions = ops.stream().map(Op::action).toList();
    Wire wire = new Wire(false);
    send(
        counter.batches,
        wire,
        deadline.forWrite(),
        context -> client.submitTransactionWithResponse(new ArrayList<>(actions), null, context));
    return wire.etags().size() == ops.size() ? wire.etags() : List.of();
  }

  /**
   * Reads one page.
   *
   * @param columns what to read; empty for everything
   * @param token where to go on; null for the first page
   */
  Slice query(
      Deadline deadline, String filter, List<String> columns, int limit, @Nullable String token) {
    ListEntitiesOptions options = new ListEntitiesOptions().setTop(Math.min(limit, 1_000));
    if (!filter.equals(EVERYTHING)) {
      options.setFilter(filter);
    }
    if (!columns.isEmpty()) {
      options.setSelect(columns);
    }
    Wire wire = new Wire(false);
    PagedResponse<TableEntity> page =
        send(
            counter.queries,
            wire,
            deadline.forRead(),
            context -> firstPage(client.listEntities(options, null, context), token));
    return new Slice(page.getValue(), page.getContinuationToken(), wire.date());
  }

  /** Returns a text as it stands between the quotes of a filter. */
  static String quoted(String text) {
    return text.replace("'", "''");
  }

  private static PagedResponse<TableEntity> firstPage(
      com.azure.core.http.rest.PagedIterable<TableEntity> pages, @Nullable String token) {
    Iterator<PagedResponse<TableEntity>> found =
        (token == null ? pages.iterableByPage() : pages.iterableByPage(token)).iterator();
    PagedResponse<TableEntity> page = found.next();
    String length = page.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH);
    if ("0".equals(length)) {
      throw new UncheckedIOException(new IOException("answered 200 with an empty body"));
    }
    return page;
  }

  private <T> T send(
      LongAdder count, Wire wire, java.time.Duration wait, Function<Context, T> request) {
    count.increment();
    try {
      return request.apply(wire.context(wait));
    } catch (RuntimeException | LinkageError failure) {
      Fault fault = Faults.of(failure, count == counter.queries);
      if (fault.passing() || fault.kind() == Fault.Kind.UNAUTHORIZED) {
        counter.failures.increment();
      }
      throw fault;
    }
  }

  private static String etag(Response<Void> response) {
    HttpHeaders headers = response.getHeaders();
    String etag = headers.getValue(HttpHeaderName.ETAG);
    if (etag == null) {
      throw new UncheckedIOException(new IOException("answered without an ETag"));
    }
    return Etags.repaired(etag);
  }
}
