package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.Chains;
import dev.tokenlife.examples.attendance.lesson.CodeRules;
import dev.tokenlife.examples.attendance.lesson.Codes;
import dev.tokenlife.examples.attendance.lesson.Lessons;
import dev.tokenlife.examples.attendance.lesson.Roster;
import dev.tokenlife.examples.attendance.lesson.Scans;
import dev.tokenlife.examples.attendance.lesson.Sessions;
import dev.tokenlife.examples.attendance.lesson.Wall;

/** Everything the server needs of the lesson package. */
public record Classroom(
    Chains chains,
    CodeRules rules,
    Sessions sessions,
    Roster roster,
    Codes codes,
    Scans scans,
    Lessons lessons,
    Wall wall) {}
