package dev.tokenlife.transition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes every sequence of moves up to a length, each state only once: two histories that end in
 * equal states have the same future.
 *
 * @param states how many different states were seen
 * @param moves how many moves were made
 * @param whole whether nothing was left to see, so that longer histories show nothing new
 */
record Explorer(int states, long moves, boolean whole) {
  /** Explores by breadth, so a failure comes with one of its shortest histories. */
  static <S, M> Explorer explore(World<S, M> world, S start, int depth) {
    Set<S> seen = new HashSet<>();
    List<Node<S, M>> frontier = List.of(new Node<>(start, null, null));
    seen.add(start);
    long moves = 0;
    for (int i = 0; i < depth && !frontier.isEmpty(); i++) {
      List<Node<S, M>> next = new ArrayList<>();
      for (Node<S, M> node : frontier) {
        for (M move : world.moves(node.state)) {
          moves++;
          S state = make(world, node, move);
          if (seen.add(state)) {
            next.add(new Node<>(state, node, move));
          }
        }
      }
      frontier = next;
    }
    return new Explorer(seen.size(), moves, frontier.isEmpty());
  }

  private static <S, M> S make(World<S, M> world, Node<S, M> node, M move) {
    try {
      return world.after(node.state, move);
    } catch (AssertionError broken) {
      throw new AssertionError(history(node, move) + "\n" + broken.getMessage(), broken);
    }
  }

  private static <S, M> String history(Node<S, M> node, M last) {
    Deque<String> names = new ArrayDeque<>();
    names.addFirst(last.toString());
    for (Node<S, M> at = node; at != null && at.move != null; at = at.parent) {
      names.addFirst(at.move.toString());
    }
    return "after " + String.join(", ", names) + " in " + node.state;
  }

  private record Node<S, M>(S state, @Nullable Node<S, M> parent, @Nullable M move) {}
}
