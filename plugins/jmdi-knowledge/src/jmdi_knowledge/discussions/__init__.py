"""Mail, chats, forums, transcripts and interviews as items: who said what, when, to whom."""
