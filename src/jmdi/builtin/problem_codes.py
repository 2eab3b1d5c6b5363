"""What ``jmdi explain`` says of the core's problem codes."""

from __future__ import annotations

from jmdi.plugins.specs import ProblemCode

__all__ = ["PROBLEM_CODES"]

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "J101",
        "the input cannot be opened",
        "It is missing, a folder, a pipe or a device, or this user may not read it. jmdi opens "
        "regular files only, so that it never waits for a pipe that nobody writes to.",
        "Check the path. To read from another program, pipe it in and give '-' as the name.",
    ),
    ProblemCode(
        "J102",
        "the file is not a jmdi file",
        "A jmdi file begins with a header: a JSON object with a member 'jmdi' that holds the "
        "version of the format.",
        "If it is another format, name it with --from; 'jmdi plugins' lists what can be read.",
    ),
    ProblemCode(
        "J103",
        "the input is larger than allowed",
        "Files, lines, archives and tables are bounded, so that a hostile file cannot fill the "
        "memory or the disk.",
        "Split the file, or pass larger limits: jmdi.read(…, limits=jmdi.Limits(size=…)).",
    ),
    ProblemCode(
        "J104",
        "there are more problems than are listed",
        "The list of problems is bounded as well.",
        "Correct the first ones and read again; most have a common cause.",
    ),
    ProblemCode(
        "J105",
        "a line is not JSON",
        "The line is not UTF-8, not JSON, nested too deeply, has a member twice, or holds NaN "
        "or half a surrogate pair. Such a line cannot be kept without changing it.",
        "Correct the line, or the program that wrote it.",
    ),
    ProblemCode(
        "J106",
        "no importer knows the format",
        "No importer recognised the content. An ending alone does not decide: a .csv file may be "
        "a work plan, a table of records, or neither; the problem says what each found.",
        "Install the plugin that reads it, or name the format with --from.",
    ),
    ProblemCode(
        "J107",
        "a kind is handled as another",
        "The file holds records of a kind that no installed plugin declares, or that is newer "
        "than the installed one. They are handled as the nearest kind that is known, and "
        "written back unchanged.",
        "Install or upgrade the plugin that the message names.",
    ),
    ProblemCode(
        "J108",
        "an importer failed",
        "The importer raised an error that it should have reported as a problem of the file. "
        "This is a fault of the plugin that the importer comes from, not of your data.",
        "Report it to the author of the plugin, with the file if you can share it.",
    ),
    ProblemCode(
        "J109",
        "a file is there already",
        "jmdi never replaces a file unasked.",
        "Choose another name, or pass --force.",
    ),
    ProblemCode(
        "J110",
        "the file is too new",
        "Its major version is higher than this jmdi reads; its members may mean other things.",
        "Upgrade jmdi.",
    ),
    ProblemCode(
        "J120",
        "a table of rates of exchange cannot be used",
        "It has the columns currency, date (or year) and rate: how much one unit of the currency "
        "is worth in the currency that is converted to, on that day, in that month or year.",
        "Correct the cell that the problem names.",
    ),
    ProblemCode(
        "J201",
        "a line is not a record",
        "A record is an object with a member 'kind' that is the name of a kind.",
        "Give it a kind; 'jmdi schema' lists them.",
    ),
    ProblemCode(
        "J202",
        "a member is missing",
        "The kind cannot do without this member.",
        "Add it; 'jmdi schema KIND' lists what a kind needs.",
    ),
    ProblemCode(
        "J203",
        "a member holds something else than it must",
        "Nothing is converted in silence. In JSON, a number in quotes is not a number, and a "
        "single text is not a text by language; in a table, a cell must be a number, a date or "
        "a code where its column holds these.",
        "Write the member as the message says.",
    ),
    ProblemCode(
        "J206",
        "a facet is kept unread",
        "A block of a plugin is not as that plugin declares it. It stays on the record as it "
        "was and is written back unchanged.",
        "Correct the block, or upgrade the plugin.",
    ),
    ProblemCode(
        "J207",
        "bringing records up to date loses something",
        "The plugin's own migration says that the newer version cannot hold all of the older.",
        "Keep the old file if you may need what is lost.",
    ),
    ProblemCode(
        "J208",
        "a text cannot be written",
        "Half of a surrogate pair has no form in UTF-8, and XML, which Word documents and many "
        "files of networks are made of, forbids control characters.",
        "Find where the text was cut, and give it whole; leave control characters out, or write "
        "a format that holds them, as JSON Lines does.",
    ),
    ProblemCode(
        "J209",
        "two versions of a kind in one file",
        "A file's header says one version of each kind and facet, so one file cannot hold "
        "records that the installed plugin made beside newer ones that it only passes on.",
        "Upgrade the plugin and read the files again, or write them apart.",
    ),
    ProblemCode(
        "J210",
        "a record cannot be brought up to date",
        "A migration of the plugin failed on it.",
        "Keep the file, and report it to the authors of the plugin.",
    ),
    ProblemCode(
        "J401",
        "two plugins claim one name",
        "Names are never overridden: the core keeps its own, otherwise neither is used.",
        "Ask the authors to rename one, or switch one plugin off with JMDI_PLUGINS.",
    ),
    ProblemCode(
        "J560",
        "records that the format does not keep",
        "The format has no place for records of this kind, or the network that was made of them "
        "leaves them out.",
        "Keep the data in jmdi's own format too; for a format of networks, --projection full "
        "writes every record.",
    ),
    ProblemCode(
        "J561",
        "member that the format does not keep",
        "The format has no place for it, so whoever reads the file finds nothing there.",
        "Keep the data in jmdi's own format too.",
    ),
    ProblemCode(
        "J562",
        "member that the format changes",
        "The format holds it in another form, which is read as something else.",
        "Keep the data in jmdi's own format too.",
    ),
    ProblemCode(
        "J563",
        "what the format adds",
        "Whoever reads the file finds more than the data says, such as edges that stand for "
        "references, or a value that the format always has.",
        "Nothing, unless it matters.",
    ),
    ProblemCode(
        "J564",
        "losses not known",
        "Nothing reads this format, and its exporter does not say what it cannot keep.",
        "Keep the data in jmdi's own format too, and tell the author of the plugin.",
    ),
)
