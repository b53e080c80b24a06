; The set-up for a person at a machine; filled in by `installer pack` and compiled by makensis.
;   mot-cua-setup.exe                                         asks what this machine is for
;   mot-cua-setup.exe /S /ROLE=counter /SERVER=https://… /SITE=… /COUNTER=3
;   mot-cua-setup.exe /S /UNINSTALL /ROLE=counter [/REMOVE_DATA=1]
; Ends with what msiexec says: 0 done, 3010 done and restart, 1603 refused or failed, 1618 another installation runs.
Unicode true
Target amd64-unicode
SetCompress off
RequestExecutionLevel admin
ManifestDPIAware true
Name "Một Cửa {{ version }}"
OutFile "{{ out }}"
BrandingText "Một Cửa {{ version }}"
ShowInstDetails nevershow

!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "nsDialogs.nsh"
!insertmacro GetParameters

!define MUI_ICON "app.ico"
!define MUI_COMPONENTSPAGE_SMALLDESC
!insertmacro MUI_PAGE_COMPONENTS
Page custom AskWhere TakeWhere
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"

VIProductVersion "{{ version }}.0"
VIAddVersionKey /LANG=0 "ProductName" "Một Cửa"
VIAddVersionKey /LANG=0 "ProductVersion" "{{ version }}"
VIAddVersionKey /LANG=0 "FileVersion" "{{ version }}"
VIAddVersionKey /LANG=0 "FileDescription" "Một Cửa: cài đặt"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

LangString Counter ${LANG_VIETNAMESE} "Quầy tiếp nhận"
LangString Counter ${LANG_ENGLISH} "Counter"
LangString AboutCounter ${LANG_VIETNAMESE} "Cho cán bộ tiếp nhận, thụ lý và trả kết quả."
LangString AboutCounter ${LANG_ENGLISH} "For the staff who receive cases, work on them and return results."
LangString Kiosk ${LANG_VIETNAMESE} "Máy tra cứu"
LangString Kiosk ${LANG_ENGLISH} "Kiosk"
LangString AboutKiosk ${LANG_VIETNAMESE} "Cho người dân tra cứu ở sảnh; chạy ngay khi đăng nhập và chiếm cả màn hình."
LangString AboutKiosk ${LANG_ENGLISH} "For citizens in the hall; starts at sign-in and takes the whole screen."
LangString Server ${LANG_VIETNAMESE} "Máy chủ"
LangString Server ${LANG_ENGLISH} "Server"
LangString AboutServer ${LANG_VIETNAMESE} "Một máy cho cả tỉnh; chạy nền như một dịch vụ."
LangString AboutServer ${LANG_ENGLISH} "One for the province; runs in the background as a service."
LangString WhereTitle ${LANG_VIETNAMESE} "Máy này ở đâu"
LangString WhereTitle ${LANG_ENGLISH} "Where this machine stands"
LangString WhereText ${LANG_VIETNAMESE} "Ô để trống thì giữ như đang có."
LangString WhereText ${LANG_ENGLISH} "What is left empty stays as it is."
LangString WhichServer ${LANG_VIETNAMESE} "Địa chỉ máy chủ của tỉnh (https://…)"
LangString WhichServer ${LANG_ENGLISH} "Address of the province's server (https://…)"
LangString WhichSite ${LANG_VIETNAMESE} "Mã cơ quan (ví dụ H52.125)"
LangString WhichSite ${LANG_ENGLISH} "Code of the agency (such as H52.125)"
LangString WhichCounter ${LANG_VIETNAMESE} "Quầy số (chỉ quầy tiếp nhận)"
LangString WhichCounter ${LANG_ENGLISH} "Number of the counter (counters only)"
LangString Twice ${LANG_VIETNAMESE} "Bộ cài đặt Một Cửa đang chạy rồi. Hãy chờ nó xong."
LangString Twice ${LANG_ENGLISH} "The set-up of Một Cửa is running already. Please wait for it."
LangString Nothing ${LANG_VIETNAMESE} "Hãy chọn ít nhất một mục: quầy tiếp nhận, máy tra cứu hoặc máy chủ."
LangString Nothing ${LANG_ENGLISH} "Choose at least one: counter, kiosk or server."
LangString BadRole ${LANG_VIETNAMESE} "/ROLE phải là counter, kiosk hoặc server."
LangString BadRole ${LANG_ENGLISH} "/ROLE is counter, kiosk or server."
LangString Failed ${LANG_VIETNAMESE} "Chưa cài được (mã $0). Bản đang có, cấu hình và dữ liệu vẫn như cũ. Chi tiết cho bộ phận CNTT: $1"
LangString Failed ${LANG_ENGLISH} "Not installed (code $0). The version that was here, its configuration and data are as they were. Details for IT: $1"
LangString Newer ${LANG_VIETNAMESE} "Chưa cài được (mã $0): có thể máy đang có bản mới hơn. Bản đang có, cấu hình và dữ liệu vẫn như cũ. Chi tiết cho bộ phận CNTT: $1"
LangString Newer ${LANG_ENGLISH} "Not installed (code $0): a newer version may be here already. That version, its configuration and data are as they were. Details for IT: $1"
LangString Busy ${LANG_VIETNAMESE} "Windows đang cài một phần mềm khác. Hãy chờ xong rồi chạy lại."
LangString Busy ${LANG_ENGLISH} "Windows is installing something else. Please wait and start again."

Var rest      ; of the command line
Var word      ; its next word
Var quoted
Var role
Var given     ; properties for msiexec, as the command line gave them
Var all       ; and with what was typed into the page
Var verb      ; /i or /x
Var look      ; how much msiexec shows
Var result
Var field1
Var field2
Var field3
Var server
Var site
Var counter

; What was typed into the page wins over nothing.
!macro HandOnTyped name value
  ${If} ${value} != ""
    StrCpy $all '$all ${name}="${value}"'
  ${EndIf}
!macroend

!macro Msiexec package log
  StrCpy $1 "$TEMP\${log}"
  ExecWait '"$SYSDIR\msiexec.exe" $verb "$PLUGINSDIR\${package}" $look /norestart /l*v "$1"$all' $0
  Call Judge
!macroend

Function Judge
  ${If} $0 == 3010
    StrCpy $result 3010
    SetRebootFlag true
  ${ElseIf} $0 == 1618
    StrCpy $result $0
    MessageBox MB_ICONEXCLAMATION|MB_OK "$(Busy)" /SD IDOK
  ${ElseIf} $0 == 1603
    StrCpy $result $0
    MessageBox MB_ICONSTOP|MB_OK "$(Newer)" /SD IDOK
  ${ElseIf} $0 != 0
    StrCpy $result $0
    MessageBox MB_ICONSTOP|MB_OK "$(Failed)" /SD IDOK
  ${EndIf}
FunctionEnd
{% for packed in packages %}
Section "$({{ packed.app.folder() }})" {{ packed.app.name() }}
  SetOutPath "$PLUGINSDIR"
  File "/oname={{ packed.app.name() }}.msi" "{{ packed.msi.display() }}"
  StrCpy $all $given
  {%- match packed.app %}
  {%- when App::Counter %}
  !insertmacro HandOnTyped SERVER $server
  !insertmacro HandOnTyped SITE $site
  !insertmacro HandOnTyped COUNTER $counter
  {%- when App::Kiosk %}
  !insertmacro HandOnTyped SERVER $server
  !insertmacro HandOnTyped SITE $site
  {%- when App::Server %}
  {%- endmatch %}
  !insertmacro Msiexec {{ packed.app.name() }}.msi mot-cua-{{ packed.app.name() }}.log
SectionEnd
{% endfor %}
Section "-End"
  SetErrorLevel $result
  ${If} $result != 0
  ${AndIf} $result != 3010
    Abort
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
{%- for packed in packages %}
!insertmacro MUI_DESCRIPTION_TEXT {{ "${" }}{{ packed.app.name() }}} "$(About{{ packed.app.folder() }})"
{%- endfor %}
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; Takes the first word off $rest into $word; quotes hold a word together and are dropped.
Function NextWord
  StrCpy $word ""
  StrCpy $quoted 0
  ${Do}
    StrCpy $0 $rest 1
    ${If} $0 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $rest $rest "" 1
    ${If} $0 == '"'
      IntOp $quoted $quoted ^ 1
    ${ElseIf} $0 == " "
    ${AndIf} $quoted = 0
      ${If} $word != ""
        ${ExitDo}
      ${EndIf}
    ${Else}
      StrCpy $word "$word$0"
    ${EndIf}
  ${Loop}
FunctionEnd

; Reads the command line: /UNINSTALL, /ROLE=…, and properties as msiexec takes them, such as /SERVER=https://….
Function ReadOptions
  StrCpy $verb "/i"
  ${GetParameters} $rest
  ${Do}
    Call NextWord
    ${If} $word == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $1 1
    ${Do}
      StrCpy $0 $word 1 $1
      ${If} $0 == "="
      ${OrIf} $0 == ""
        ${ExitDo}
      ${EndIf}
      IntOp $1 $1 + 1
    ${Loop}
    IntOp $2 $1 - 1
    StrCpy $3 $word $2 1
    IntOp $1 $1 + 1
    StrCpy $4 $word "" $1
    ${If} $3 == "UNINSTALL"
      StrCpy $verb "/x"
    ${ElseIf} $3 == "ROLE"
      StrCpy $role $4
    ${ElseIf} $0 == "="
      StrCpy $given '$given $3="$4"'
    ${EndIf}
  ${Loop}
FunctionEnd

Function .onInit
  StrCpy $result 0
  InitPluginsDir
  System::Call 'kernel32::CreateMutexW(p 0, i 1, w "Global\MotCuaSetup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183
    MessageBox MB_ICONEXCLAMATION|MB_OK "$(Twice)" /SD IDOK
    SetErrorLevel 1618
    Quit
  ${EndIf}

  Call ReadOptions
  StrCpy $look "/qb-!"
  ${If} ${Silent}
    StrCpy $look "/qn"
  ${EndIf}

  ; A person begins with the counter ticked; /ROLE ticks others.
  {%- for packed in packages %}
  !insertmacro UnselectSection {{ "${" }}{{ packed.app.name() }}}
  {%- endfor %}
  ${If} $role == ""
  ${AndIfNot} ${Silent}
    StrCpy $role "counter"
  ${EndIf}
  StrCpy $1 0
  {%- for packed in packages %}
  ${If} $role == "{{ packed.app.name() }}"
    !insertmacro SelectSection {{ "${" }}{{ packed.app.name() }}}
    StrCpy $1 1
  ${EndIf}
  {%- endfor %}
  ${If} $1 = 0
    MessageBox MB_ICONSTOP|MB_OK "$(BadRole)" /SD IDOK
    SetErrorLevel 1639
    Quit
  ${EndIf}
FunctionEnd

; Asks where the machine stands, unless it is only to be a server.
Function AskWhere
  {%- for packed in packages %}
  StrCpy ${{ loop.index }} 0
  ${If} ${SectionIsSelected} {{ "${" }}{{ packed.app.name() }}}
    StrCpy ${{ loop.index }} 1
  ${EndIf}
  {%- endfor %}
  ${If} $verb == "/x"
    Abort
  ${EndIf}
  ${If} $1 = 0
  ${AndIf} $2 = 0
    ${If} $3 = 0
      MessageBox MB_ICONEXCLAMATION|MB_OK "$(Nothing)"
    ${EndIf}
    Abort
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "$(WhereTitle)" "$(WhereText)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 10u "$(WhichServer)"
  Pop $0
  ${NSD_CreateText} 0 11u 100% 12u "$server"
  Pop $field1
  ${NSD_CreateLabel} 0 30u 100% 10u "$(WhichSite)"
  Pop $0
  ${NSD_CreateText} 0 41u 50% 12u "$site"
  Pop $field2
  ${NSD_CreateLabel} 0 60u 100% 10u "$(WhichCounter)"
  Pop $0
  ${NSD_CreateText} 0 71u 20% 12u "$counter"
  Pop $field3
  nsDialogs::Show
FunctionEnd

Function TakeWhere
  ${NSD_GetText} $field1 $server
  ${NSD_GetText} $field2 $site
  ${NSD_GetText} $field3 $counter
FunctionEnd
