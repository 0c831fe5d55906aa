// Scripts that fetch or unpack a program and start it. Each rule asks for both halves close to
// each other: a letter that only mentions one of these words passes.

rule powershell_hidden_and_encoded
{
    strings:
        $encoded = /powershell(\.exe)?"?[^\r\n]{0,200}[ \t][-\/]e(c|n|nc|nco|ncodedcommand)?[ \t]+"?[A-Za-z0-9+\/=]{40}/ nocase ascii wide
    condition:
        $encoded
}

rule powershell_download_and_run
{
    strings:
        $iex_first = /(iex|invoke-expression)[^\r\n]{0,200}(downloadstring|downloaddata|invoke-webrequest|frombase64string)/ nocase ascii wide
        $iex_last = /(downloadstring|downloaddata)\([^\r\n]{1,300}\|[ \t]{0,8}(iex|invoke-expression)/ nocase ascii wide
    condition:
        any of them
}

rule script_host_dropper
{
    strings:
        $shell = "WScript.Shell" nocase ascii wide
        $shell2 = "Shell.Application" nocase ascii wide
        $fetch = "XMLHTTP" nocase ascii wide
        $stream = "ADODB.Stream" nocase ascii wide
        $save = "SaveToFile" nocase ascii wide
    condition:
        any of ($shell*) and $stream and ($fetch or $save)
}

rule system_tool_fetches_program
{
    strings:
        $certutil = /certutil(\.exe)?"?[^\r\n]{0,80}[-\/]urlcache[^\r\n]{0,80}https?:/ nocase ascii wide
        $bitsadmin = /bitsadmin(\.exe)?"?[^\r\n]{0,80}\/transfer[^\r\n]{0,120}https?:/ nocase ascii wide
        $mshta = /mshta(\.exe)?"?[ \t]{1,8}"?(https?:|vbscript:|javascript:)/ nocase ascii wide
        $regsvr = /regsvr32(\.exe)?"?[^\r\n]{0,60}\/i:"?https?:/ nocase ascii wide
    condition:
        any of them
}
