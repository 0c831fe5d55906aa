// Programs. At the start of a file they never get this far under an accepted name; these rules
// are for entries that need no accepted format and for programs inside documents.

rule windows_program_at_start
{
    condition:
        window_start == 0 and filesize > 64 and uint16(0) == 0x5A4D
        and uint32(0x3C) < filesize - 4 and uint32(uint32(0x3C)) == 0x00004550
}

rule unix_program_at_start
{
    condition:
        window_start == 0 and (
            uint32be(0) == 0x7F454C46
            or uint32be(0) == 0xFEEDFACE or uint32be(0) == 0xFEEDFACF
            or uint32be(0) == 0xCEFAEDFE or uint32be(0) == 0xCFFAEDFE
        )
}

rule windows_shortcut_at_start
{
    condition:
        window_start == 0 and uint32be(0) == 0x4C000000 and uint32be(4) == 0x01140200
}

// The whole header is asked for, so that a manual quoting the sentence is not refused.
rule windows_program_inside_document
{
    strings:
        $program = { 4D 5A [60-120] 21 ( B8 | 0E ) [0-12] 54 68 69 73 20 70 72 6F 67 72 61 6D 20 ( 63 61 6E 6E 6F 74 | 6D 75 73 74 ) 20 62 65 20 72 75 6E }
        $program2 = { 4D 5A 90 00 03 00 00 00 04 00 00 00 FF FF 00 00 B8 }
    condition:
        any of them
}

rule windows_program_inside_rtf
{
    strings:
        $hex = "4d5a90000300000004000000ffff0000b8" nocase
    condition:
        $hex
}
