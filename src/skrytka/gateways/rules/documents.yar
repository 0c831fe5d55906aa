// Active content of documents. Macros, JavaScript of PDF forms and OLE objects are common in
// honest office files, so none of them is refused by itself: only what starts by itself and
// reaches for the system as well.

// The scanner is given the unpacked source of each VBA module.
rule macro_starts_itself_and_runs_programs
{
    strings:
        $source = "Attribute VB_Name"
        $open1 = /Sub[ \t]{1,4}(Auto_?Open|Auto_?Exec|Auto_?Close|Document_Open|Document_Close|Workbook_Open|Workbook_Activate)\b/ nocase
        $run1 = /\bShell[ \t]{0,4}\(/ nocase
        $run2 = "WScript.Shell" nocase
        $run3 = "Shell.Application" nocase
        $run4 = "URLDownloadToFile" nocase
        $run5 = "powershell" nocase
        $run6 = "winmgmts:" nocase
        $run7 = "VirtualAlloc" nocase
        $run8 = /\bShell[ \t]{1,4}"/ nocase
        $run9 = /\bCreateObject\([^\r\n)]{0,60}Chr[W$]?\(/ nocase
    condition:
        $source and $open1 and any of ($run*)
}

rule pdf_starts_a_program
{
    strings:
        $file = /\/S[ \r\n\t]{0,4}\/Launch\b[^\x00]{0,400}\.(exe|bat|cmd|com|scr|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|jar)\b/ nocase
        $file_first = /\/F[ \r\n\t]{0,4}\([^)\x00]{1,200}\.(exe|bat|cmd|com|scr|ps1|vbs|vbe|jse|wsf|hta|lnk|msi)\)[^\x00]{0,200}\/S[ \r\n\t]{0,4}\/Launch\b/ nocase
        $shell = /\/S[ \r\n\t]{0,4}\/Launch\b[^\x00]{0,400}(cmd|powershell|mshta|wscript|cscript|rundll32)\b/ nocase
    condition:
        any of them
}

rule pdf_script_of_known_attacks
{
    strings:
        $export = /exportDataObject\([^)]{0,200}nLaunch[ \t"':]{1,6}[12]/ nocase
        $printf = /util\.printf\([ \t]{0,4}["']%45000/ nocase
        $mail = "Collab.collectEmailInfo" nocase
        $icon = /Collab\.getIcon\([^)]{0,40}unescape/ nocase
        $player = /media\.newPlayer\([ \t]{0,4}null/ nocase
    condition:
        any of them
}

// CVE-2017-11882 and its kin: an Equation Editor object that loads without a click.
rule rtf_equation_object_loads_itself
{
    strings:
        $update = "\\objupdate" nocase
        $equation = "4571756174696f6e2e33" nocase
        $class = "02ce020000000000c000000000000046" nocase
    condition:
        window_start == 0 and uint32be(0) == 0x7B5C7274 and $update and any of ($equation, $class)
}
